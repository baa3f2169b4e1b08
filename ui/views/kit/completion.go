package kit

import "fmt"

// Completion walks through what a text could be completed to. It ends when the
// text is changed in another way.
type Completion struct {
	begun   bool
	choices []string
	At      int
}

// Next returns the next choice; after the last one the first comes again.
func (c *Completion) Next(text string, suggest func(string) []string) (string, bool) {
	if !c.begun {
		*c = Completion{begun: true, choices: suggest(text), At: -1}
	}
	if len(c.choices) == 0 {
		return "", false
	}
	c.At = (c.At + 1) % len(c.choices)
	return c.choices[c.At], true
}

// note says which choice is on show.
func (c *Completion) note() string {
	switch {
	case !c.begun:
		return ""
	case len(c.choices) == 0:
		return "nothing to complete with"
	default:
		return fmt.Sprintf("%d of %d", c.At+1, len(c.choices))
	}
}
