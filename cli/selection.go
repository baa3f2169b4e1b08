package cli

import (
	"github.com/spf13/pflag"

	"joltui/feed"
)

// selectFlags say which messages are of interest.
type selectFlags struct{ filter string }

func (s *selectFlags) flags(fs *pflag.FlagSet) {
	fs.StringVarP(&s.filter, "filter", "f", "", "only messages whose payload this regular expression is found in; ! in front inverts it")
}

// selection picks messages, and what of them.
type selection struct{ filter feed.Filter }

func (s *selectFlags) selection() (selection, error) {
	f, err := feed.ParseFilter(s.filter)
	if err != nil {
		return selection{}, usageError("--filter: %w", err)
	}
	return selection{filter: f}, nil
}

// of returns what is of interest of a payload, and whether anything is.
func (s selection) of(data string) ([]string, bool) {
	if !s.filter.Match(data) {
		return nil, false
	}
	return []string{data}, true
}
