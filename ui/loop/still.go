package loop

import tea "github.com/charmbracelet/bubbletea"

// still hands the renderer no window that is as it was. After every message Bubble
// Tea (v1.3.10) gives it the whole window, and one that has not changed is copied
// and compared 60 times a second until it does: in an idle dashboard of 160×50,
// whose clock shows minutes, that was a quarter of all processor time.
//
// So messages that come by themselves, or may well do nothing, are given to the
// model ahead of Bubble Tea, which learns of those that change the window.
type still struct {
	model tea.Model
	shown string // the latest window
	ahead bool   // it is that of a drawnMsg
}

// Quiet is a message of a model that comes by itself and may well change nothing.
type Quiet interface{ Quiet() }

// drawnMsg takes the place of a message that the model has had and that changed
// the window.
type drawnMsg struct{ cmd tea.Cmd }

// filter is made for [tea.WithFilter]. Of a message that changed nothing only its
// command is left.
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

func (s *still) Init() tea.Cmd { return s.model.Init() }

func (s *still) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if drawn, ok := msg.(drawnMsg); ok {
		return s, drawn.cmd
	}
	s.ahead = false
	var cmd tea.Cmd
	s.model, cmd = s.model.Update(msg)
	return s, cmd
}

func (s *still) View() string {
	if !s.ahead {
		s.shown = s.model.View()
	}
	return s.shown
}
