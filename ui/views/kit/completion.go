package kit

import "fmt"

// Completion goes through the completions of a text, one at each press of a key. Its
// owner resets it to the zero value when the text changes in another way.
type Completion struct {
	begun   bool
	choices []string
	At      int // index of the choice that is shown
}

// Next returns the next choice, and after the last one the first again. It calls suggest for
// the text at the beginning, until there are choices. It returns false as long as there are
// none.
func (c *Completion) Next(text string, suggest func(string) []string) (string, bool) {
	if !c.begun || len(c.choices) == 0 {
		*c = Completion{begun: true, choices: suggest(text), At: -1}
	}
	if len(c.choices) == 0 {
		return "", false
	}
	c.At = (c.At + 1) % len(c.choices)
	return c.choices[c.At], true
}

// note says which choice is shown.
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
