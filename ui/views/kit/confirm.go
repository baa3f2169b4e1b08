package kit

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// ConfirmKeys answer a question. Enter is none of them, so that a message is not
// sent by two enters in a row.
type ConfirmKeys struct{ Yes, No *key.Binding }

// Confirm is a question with a yes and a no, in place of the footer. It is closed
// until Ask opens it, and closes itself.
type Confirm struct {
	styles   *Styles
	keys     ConfirmKeys
	open     bool
	question string
	yes      Intent
}

// NewConfirm returns a closed one.
func NewConfirm(s *Styles, k ConfirmKeys) *Confirm { return &Confirm{styles: s, keys: k} }

// Ask opens it, for what is to be done after a yes. The question must be printable.
func (c *Confirm) Ask(question string, yes Intent) {
	c.open, c.question, c.yes = true, question, yes
}

// Active reports whether it is open. All keys are for it then.
func (c *Confirm) Active() bool { return c.open }

// Update takes yes or no, and leaves other keys alone.
func (c *Confirm) Update(msg tea.KeyMsg) Intent {
	switch {
	case key.Matches(msg, *c.keys.Yes):
		return c.Yes()
	case key.Matches(msg, *c.keys.No):
		c.No()
	}
	return nil
}

// Yes closes it, and asks for what was to be done.
func (c *Confirm) Yes() Intent {
	c.open = false
	return c.yes
}

// No closes it.
func (c *Confirm) No() { c.open = false }

// View draws it, w cells wide. A long question gives way to the answers.
func (c *Confirm) View(w int) string {
	var answers []Span
	for _, k := range []*key.Binding{c.keys.Yes, c.keys.No} {
		answers = append(answers, Span{c.styles.Key, "  " + k.Help().Key}, Span{c.styles.Dim, " " + k.Help().Desc})
	}
	l := NewLine(w, Paint{}).Space(1)
	question, _ := Cut(c.question, l.Rest()-SpansWidth(answers)-1)
	l.Put(c.styles.Warn, question)
	PutSpans(l, answers)
	return l.String()
}
