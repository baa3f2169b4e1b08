package sub

import (
	"errors"
	"math"

	"github.com/spf13/pflag"

	"joltui/internal/cli/exit"
	"joltui/internal/feed"
	"joltui/internal/query"
)

// selectFlags say which messages are of interest, and what of them.
type selectFlags struct{ filter, jq string }

func (s *selectFlags) flags(fs *pflag.FlagSet) {
	fs.StringVar(&s.filter, "filter", "", "only messages whose payload this regular expression is found in; ! in front inverts it")
	fs.StringVar(&s.jq, "jq", "", "print what this jq expression makes of each payload; payloads that are not JSON, and those it fails on, are left out")
}

// selection picks messages, and what of them.
type selection struct {
	filter feed.Filter
	jq     *query.Query // nil takes the payload as it is
}

func (s *selectFlags) selection() (selection, error) {
	f, err := feed.ParseFilter(s.filter)
	if err != nil {
		return selection{}, exit.Usagef("--filter: %w", err)
	}
	if s.jq == "" {
		return selection{filter: f}, nil
	}
	q, err := query.Parse(s.jq)
	if err != nil {
		return selection{}, exit.Usagef("--jq: %w", err)
	}
	return selection{f, q}, nil
}

// of returns what is of interest of a payload: nothing, the payload, or each
// output of the jq expression. The error is for a payload that the expression
// fails on; one that is no JSON is none of its business.
func (s selection) of(data string) ([]string, error) {
	if !s.filter.Match(data) {
		return nil, nil
	}
	if s.jq == nil {
		return []string{data}, nil
	}
	values, err := s.jq.Values(data, math.MaxInt)
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = query.Text(v)
	}
	if errors.Is(err, query.ErrNotJSON) {
		err = nil
	}
	return texts, err
}
