package loop

import tea "github.com/charmbracelet/bubbletea"

// Terminal is the terminal that the dashboard is drawn on.
type Terminal interface {
	// Busy reports whether the latest drawing is still being written to it.
	Busy() bool
	// Wait returns when the latest drawing is written, or never will be.
	Wait()
}

// Pace keeps a program from drawing faster than its terminal can take it.
type Pace struct {
	terminal Terminal // nil: it is never busy
	waiting  bool     // an arrivedMsg is on its way
}

// NewPace returns the pace of a terminal; a nil one is never busy.
func NewPace(t Terminal) Pace { return Pace{terminal: t} }

// arrivedMsg says that the latest drawing was written to the terminal.
type arrivedMsg struct{}

// Quiet implements [Quiet].
func (arrivedMsg) Quiet() {}

// Hold reports, after a message, whether the window should be left as it is because the
// terminal is busy: a new drawing would be outdated before it gets there. A window of
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
