package ui

import tea "github.com/charmbracelet/bubbletea"

// Terminal is what the dashboard is drawn on.
type Terminal interface {
	// Busy reports whether what was drawn before is still on its way there.
	Busy() bool
	// Wait returns when that has arrived, or never will.
	Wait()
}

// pace keeps the dashboard from drawing faster than its terminal can take it.
type pace struct {
	terminal Terminal // nil takes everything at once
	waiting  bool     // an arrivedMsg is on its way
}

// arrivedMsg says that the terminal has what was drawn before.
type arrivedMsg struct{}

// holdBack leaves the window as it is while the terminal is behind: what it shows
// then would be old before it is there. A window of another size is drawn at once.
func (m *Model) holdBack(msg tea.Msg) tea.Cmd {
	p := &m.pace
	switch msg.(type) {
	case tea.WindowSizeMsg:
		return nil
	case arrivedMsg:
		p.waiting = false
	}
	if p.terminal == nil || !p.terminal.Busy() {
		return nil
	}
	m.keep = true
	if p.waiting {
		return nil
	}
	p.waiting = true
	return func() tea.Msg {
		p.terminal.Wait()
		return arrivedMsg{}
	}
}
