package feed

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"

	"joltui/printable"
)

// Filter selects payloads. The zero Filter matches everything. It is safe for
// concurrent use.
type Filter struct {
	text    string
	re      *regexp.Regexp // nil: matches everything
	literal string         // what re finds, if it finds nothing but that
	inverse bool
}

// ParseFilter compiles what a user typed: a regular expression in RE2 syntax,
// found anywhere in a payload. A leading ! inverts it; \! is a literal one. An
// empty expression, with or without !, matches everything.
//
// The error is one short line that says what is wrong with which part.
func ParseFilter(text string) (Filter, error) {
	expr, inverse := strings.CutPrefix(text, "!")
	if expr == "" {
		return Filter{text: text}, nil
	}
	re, err := regexp.Compile(expr)
	var wrong *syntax.Error
	switch {
	case errors.As(err, &wrong):
		return Filter{}, fmt.Errorf("%s: %s", wrong.Code, printable.Line(wrong.Expr))
	case err != nil:
		return Filter{}, fmt.Errorf("no regular expression: %w", err)
	}
	f := Filter{text: text, re: re, inverse: inverse}
	if prefix, whole := re.LiteralPrefix(); whole {
		f.literal = prefix
	}
	return f, nil
}

// String returns the text that the filter was compiled from.
func (f Filter) String() string { return f.text }

// Match reports whether the filter selects data.
func (f Filter) Match(data string) bool {
	switch {
	case f.re == nil:
		return true
	case f.literal != "": // half the time that a regular expression takes
		return strings.Contains(data, f.literal) != f.inverse
	default:
		return f.re.MatchString(data) != f.inverse
	}
}

// matchAside evaluates data on a goroutine of its own, which ends by itself.
func (f Filter) matchAside(data string) <-chan bool {
	verdict := make(chan bool, 1)
	go func() { verdict <- f.Match(data) }()
	return verdict
}

// Find returns the start and end of each match in s that is not empty, for
// highlighting; nil when there is none, and for a filter that is inverted or
// empty.
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
