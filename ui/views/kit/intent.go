package kit

import tea "github.com/charmbracelet/bubbletea"

// Intent is something that the user asked a pane for and only the dashboard can do: panes
// know neither the client nor one another. A nil Intent asks for nothing.
type Intent interface {
	// Intent only marks the type.
	Intent()
}

type (
	// Ask opens the prompt with a question.
	Ask struct{ Question Question }
	// Do is a function that the dashboard calls within Update, such as the one that takes
	// an answer. Bubble Tea runs the command that it returns; nil is none.
	Do func() tea.Cmd
	// Say tells in one line what a key did, or why it did nothing. An action in braces stands
	// for its keys.
	Say struct{ Text string }
	// Leave closes the page, or gives the focus back to where it was.
	Leave struct{}
)

// Intent implements [Intent].
func (Ask) Intent() {}

// Intent implements [Intent].
func (Do) Intent() {}

// Intent implements [Intent].
func (Say) Intent() {}

// Intent implements [Intent].
func (Leave) Intent() {}
