package kit

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// ConfirmKeys are the keys that answer a question. Enter is not among them, so that
// pressing it twice does not send a message.
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

// NewConfirm returns a closed question.
func NewConfirm(s *Styles, k ConfirmKeys) *Confirm { return &Confirm{styles: s, keys: k} }

// Ask opens the question. Yes returns the intent yes. The question must be printable.
func (c *Confirm) Ask(question string, yes Intent) {
	c.open, c.question, c.yes = true, question, yes
}

// Active reports whether the question is open. While it is, it gets all keys.
func (c *Confirm) Active() bool { return c.open }

// Update answers yes or no at their keys, and ignores all others.
func (c *Confirm) Update(msg tea.KeyMsg) Intent {
	switch {
	case key.Matches(msg, *c.keys.Yes):
		return c.Yes()
	case key.Matches(msg, *c.keys.No):
		c.No()
	}
	return nil
}

// Yes closes the question and returns the intent that it was asked for.
func (c *Confirm) Yes() Intent {
	c.open = false
	return c.yes
}

// No closes the question.
func (c *Confirm) No() { c.open = false }

// View draws the question, w cells wide. A question that is too long is cut, the answers
// are not.
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
