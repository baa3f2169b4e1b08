package columns

import (
	"errors"
	"fmt"
	"strings"

	"joltui/internal/feed"
	"joltui/internal/fields"
	"joltui/internal/query"
	"joltui/ui/views/kit"
)

// Rule gives values a colour. It is a jq expression, and the name of a colour behind it, as
// in .status == "failed" red. The column of the path with which the expression begins has the
// colour, in the rows that the expression selects; without such a column the whole row.
type Rule struct {
	query  *query.Query
	colour string
	number uint64 // the path with which it begins; 0 for none
}

// Colours returns the names of the colours of rules.
func Colours() []string { return []string{"red", "yellow", "green", "blue", "dim"} }

// paint returns the paint of the rule: those that the themes have for what is wrong, what
// needs attention, and what is well, so that the colours can be read in each of them.
func (r *Rule) paint(s *kit.Styles) kit.Paint {
	switch r.colour {
	case "red":
		return s.Error
	case "yellow":
		return s.Warn
	case "green":
		return s.OK
	case "blue":
		return s.Accent
	default:
		return s.Dim
	}
}

// String returns the rule as a user writes it.
func (r *Rule) String() string { return r.query.String() + " " + r.colour }

// ParseRule reads a rule. The error is one short line.
func ParseRule(text string) (Rule, error) {
	text = strings.TrimSpace(text)
	at := strings.LastIndexByte(text, ' ')
	if at < 0 {
		return Rule{}, errors.New(`a rule is an expression and a colour, as .status == "failed" red`)
	}
	expression, colour := strings.TrimSpace(text[:at]), strings.ToLower(text[at+1:])
	known := false
	for _, name := range Colours() {
		known = known || name == colour
	}
	if !known {
		return Rule{}, fmt.Errorf("%q is no colour: a rule ends with %s", shortly(colour), strings.Join(Colours(), ", "))
	}
	q, err := query.Parse(expression)
	if err != nil {
		return Rule{}, err
	}
	r := Rule{query: q, colour: colour}
	// The longest beginning that is a path: the expression goes on behind it.
	for end := len(expression); end > 0; end-- {
		if steps, ok := feed.PathSteps(expression[:end]); ok && len(steps) > 0 {
			r.number = fields.PathOf(steps...)
			break
		}
	}
	return r, nil
}

// selects reports whether the rule selects a message. One that takes too long is not.
func (r *Rule) selects(data string) bool {
	match, done := r.query.Quick(data)
	return match && done
}
