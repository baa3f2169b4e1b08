package loop

import tea "github.com/charmbracelet/bubbletea"

// still is a model that keeps an unchanged window from the renderer. After every message
// Bubble Tea (v1.3.10) gives the renderer the whole window, which is then copied and
// compared 60 times a second until it changes: in an idle dashboard of 160×50, whose clock
// shows minutes, that was a quarter of all processor time.
//
// So messages that often change nothing go to the model in a filter, before Bubble Tea
// sees them. Bubble Tea gets only those that change the window, as a drawnMsg.
type still struct {
	model tea.Model
	shown string // the latest window
	ahead bool   // shown is up to date: a drawnMsg is on its way
}

// Quiet is a message that comes without the user doing anything, and often changes nothing
// in the window. Models mark their messages with it.
type Quiet interface {
	// Quiet only marks the message.
	Quiet()
}

// drawnMsg takes the place of a message that the model has already handled and that
// changed the window.
type drawnMsg struct{ cmd tea.Cmd }

// filter is made for [tea.WithFilter]. In place of a message that changed nothing it
// returns only the command of the model, or nil.
func (s *still) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg.(type) {
	case Batch, Quiet, tea.KeyMsg, tea.MouseMsg:
	default:
		return msg // it may be one that Bubble Tea itself acts on
	}
	_, cmd := s.Update(msg)
	before := s.shown
	switch {
	case s.View() != before:
		s.ahead = true
		return drawnMsg{cmd}
	case cmd == nil:
		return nil
	default:
		return tea.BatchMsg{cmd}
	}
}

// Init implements [tea.Model].
func (s *still) Init() tea.Cmd { return s.model.Init() }

// Update implements [tea.Model]. A drawnMsg has been handled before.
func (s *still) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if drawn, ok := msg.(drawnMsg); ok {
		return s, drawn.cmd
	}
	s.ahead = false
	var cmd tea.Cmd
	s.model, cmd = s.model.Update(msg)
	return s, cmd
}

// View implements [tea.Model].
func (s *still) View() string {
	if !s.ahead {
		s.shown = s.model.View()
	}
	return s.shown
}
