package views

import "fmt"

// completion walks through what a text could be completed to. It ends when the
// text is changed in another way.
type completion struct {
	begun   bool
	choices []string
	at      int
}

// next returns the next choice; after the last one the first comes again.
func (c *completion) next(text string, suggest func(string) []string) (string, bool) {
	if !c.begun {
		*c = completion{begun: true, choices: suggest(text), at: -1}
	}
	if len(c.choices) == 0 {
		return "", false
	}
	c.at = (c.at + 1) % len(c.choices)
	return c.choices[c.at], true
}

// note says which choice is on show.
func (c *completion) note() string {
	switch {
	case !c.begun:
		return ""
	case len(c.choices) == 0:
		return "nothing to complete with"
	default:
		return fmt.Sprintf("%d of %d", c.at+1, len(c.choices))
	}
}
