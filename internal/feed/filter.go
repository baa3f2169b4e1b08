package feed

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"

	"joltui/internal/printable"
	"joltui/internal/query"
)

// Filter selects payloads. The zero Filter matches everything. It is safe for
// concurrent use.
type Filter struct {
	text    string
	inverse bool
	re      *regexp.Regexp // nil if it is no regular expression
	literal string         // the text that re stands for, if it is only that
	jq      *query.Query   // nil if it is no jq expression
}

// jqPrefix begins the text of a filter that is a jq expression.
const jqPrefix = "jq "

// ParseFilter compiles what a user typed: a regular expression in RE2 syntax,
// found anywhere in a payload, of JSON also with its \u escapes decoded; or, after "jq ", a jq expression that is true of a
// payload, which has to be JSON. A leading ! inverts either, so that what is no
// JSON is selected; \! is a literal one. An empty expression, with or without !,
// matches everything.
//
// The error is one short line that says what is wrong with which part.
func ParseFilter(text string) (Filter, error) {
	expr, inverse := strings.CutPrefix(text, "!")
	f := Filter{text: text, inverse: inverse}
	var err error
	if jq, ok := strings.CutPrefix(expr, jqPrefix); ok {
		err = f.parseJQ(jq)
	} else {
		err = f.parseRegexp(expr)
	}
	if err != nil {
		return Filter{}, err
	}
	return f, nil
}

func (f *Filter) parseJQ(expr string) (err error) {
	if strings.TrimSpace(expr) != "" {
		f.jq, err = query.Parse(expr)
	}
	return err
}

func (f *Filter) parseRegexp(expr string) error {
	if expr == "" {
		return nil
	}
	re, err := regexp.Compile(expr)
	var wrong *syntax.Error
	switch {
	case errors.As(err, &wrong):
		return fmt.Errorf("%s: %s", wrong.Code, printable.Line(wrong.Expr))
	case err != nil:
		return fmt.Errorf("no regular expression: %w", err)
	}
	f.re = re
	if prefix, whole := re.LiteralPrefix(); whole {
		f.literal = prefix
	}
	return nil
}

// IsJQ reports whether the text of a filter is, or begins to be, a jq expression.
func IsJQ(text string) bool {
	return strings.HasPrefix(strings.TrimPrefix(text, "!"), jqPrefix)
}

// ToggleJQ makes the text of a filter by regular expression one by jq, with the
// same expression, and the other way round.
func ToggleJQ(text string) string {
	expr, inverse := strings.CutPrefix(text, "!")
	if jq, ok := strings.CutPrefix(expr, jqPrefix); ok {
		expr = jq
	} else {
		expr = jqPrefix + expr
	}
	if inverse {
		return "!" + expr
	}
	return expr
}

// String returns the text that the filter was compiled from.
func (f Filter) String() string { return f.text }

// Empty reports whether the filter matches everything.
func (f Filter) Empty() bool { return f.re == nil && f.jq == nil }

// Match reports whether the filter selects data.
func (f Filter) Match(data string) bool {
	switch {
	case f.jq != nil:
		return f.jq.Match(data) != f.inverse
	case f.re == nil:
		return true
	}
	found := f.finds(data)
	if !found {
		if decoded, ok := withoutEscapes(data); ok {
			found = f.finds(decoded)
		}
	}
	return found != f.inverse
}

// finds reports whether the regular expression is found in data.
func (f *Filter) finds(data string) bool {
	if f.literal != "" { // half the time that a regular expression takes
		return strings.Contains(data, f.literal)
	}
	return f.re.MatchString(data)
}

// longBody is the longest payload, in bytes, that is evaluated within Update: a usual
// expression takes 3 ms for it, 50 ns a byte. A payload of 4 MiB would take a fifth of a
// second, and cannot be interrupted.
const longBody = 64 << 10

// matchSoon is Match if that takes a few milliseconds at most; else done is false.
func (f Filter) matchSoon(data string) (match, done bool) {
	switch {
	case len(data) > longBody:
		return false, false
	case f.jq != nil:
		match, done = f.jq.Quick(data)
		return match != f.inverse, done
	default:
		return f.Match(data), true
	}
}

// matchAside evaluates data on a goroutine of its own, which ends by itself.
func (f Filter) matchAside(data string) <-chan bool {
	verdict := make(chan bool, 1)
	go func() { verdict <- f.Match(data) }()
	return verdict
}

// Find returns the start and end of each match in s that is not empty, for
// highlighting; nil when there is none, and for a filter that is inverted, empty
// or a jq expression.
func (f Filter) Find(s string) [][]int {
	if f.re == nil || f.inverse {
		return nil
	}
	var found [][]int
	for _, span := range f.re.FindAllStringIndex(s, -1) {
		if span[0] < span[1] {
			found = append(found, span)
		}
	}
	return found
}
