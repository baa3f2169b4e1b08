package kit

import tea "github.com/charmbracelet/bubbletea"

// Intent is what the user asked a pane for and only the dashboard can do: panes know
// no client, and not one another. nil is none.
type Intent interface{ Intent() }

type (
	// Ask opens the prompt.
	Ask struct{ Question Question }
	// Do is carried out as it is: what answers a question, or follows a yes. What it
	// returns is run as any command of Bubble Tea; nil is none.
	Do func() tea.Cmd
	// Leave closes the page, or gives the focus back to where it was.
	Leave struct{}
)

func (Ask) Intent()   {}
func (Do) Intent()    {}
func (Leave) Intent() {}
