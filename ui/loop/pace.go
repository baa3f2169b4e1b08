package loop

import tea "github.com/charmbracelet/bubbletea"

// Terminal is what the dashboard is drawn on.
type Terminal interface {
	// Busy reports whether what was drawn before is still on its way there.
	Busy() bool
	// Wait returns when that has arrived, or never will.
	Wait()
}

// Pace keeps a program from drawing faster than its terminal can take it.
type Pace struct {
	terminal Terminal // nil takes everything at once
	waiting  bool     // an arrivedMsg is on its way
}

// NewPace returns the pace of a terminal; nil takes everything at once.
func NewPace(t Terminal) Pace { return Pace{terminal: t} }

// arrivedMsg says that the terminal has what was drawn before.
type arrivedMsg struct{}

// Quiet says that the message may well change nothing.
func (arrivedMsg) Quiet() {}

// Hold reports, after a message, whether the window should be left as it is because the
// terminal is behind: what it shows then would be old before it is there. A window of
// another size is drawn at once. The command returns when the terminal has caught up.
func (p *Pace) Hold(msg tea.Msg) (keep bool, cmd tea.Cmd) {
	switch msg.(type) {
	case tea.WindowSizeMsg:
		return false, nil
	case arrivedMsg:
		p.waiting = false
	}
	if p.terminal == nil || !p.terminal.Busy() {
		return false, nil
	}
	if p.waiting {
		return true, nil
	}
	p.waiting = true
	return true, func() tea.Msg {
		p.terminal.Wait()
		return arrivedMsg{}
	}
}
