package loop

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// sign is a model that shows the latest key, and returns a command for each.
type sign struct {
	text  string
	cmd   tea.Cmd
	drawn int
}

type textMsg string

func (s *sign) Init() tea.Cmd { return nil }

func (s *sign) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyMsg); ok {
		s.text = string(k.Runes)
	}
	return s, s.cmd
}

func (s *sign) View() string {
	s.drawn++
	return s.text
}

// Bubble Tea gets only messages that change the window, and the window is drawn once. Of any
// other message it gets the command.
func TestStillWindowStaysWithTheModel(t *testing.T) {
	said := func() tea.Msg { return textMsg("said") }
	key := func(text string) tea.Msg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text)} }
	m := &sign{text: "a"}
	s := &still{model: m}
	if s.View() != "a" {
		t.Fatal("the first window is empty")
	}
	m.cmd, m.drawn = said, 0
	drawn, changed := s.filter(s, key("b")).(drawnMsg)
	_, cmd := s.Update(drawn)
	if !changed || cmd == nil || cmd() != textMsg("said") || s.View() != "b" || m.drawn != 1 {
		t.Errorf("a change is lost, or was drawn %d times", m.drawn)
	}
	if batch, ok := s.filter(s, key("b")).(tea.BatchMsg); !ok || len(batch) != 1 || batch[0]() != textMsg("said") {
		t.Error("the command of a message that changed nothing is lost")
	}
	m.cmd = nil
	if msg := s.filter(s, key("b")); msg != nil {
		t.Errorf("Bubble Tea gets %T, which changed nothing", msg)
	}
	m.text, m.drawn = "c", 0
	if msg := (tea.WindowSizeMsg{Width: 80, Height: 24}); s.filter(s, msg) != msg || m.drawn != 0 {
		t.Error("a message that Bubble Tea acts on does not reach it")
	}
	if s.Update(tea.WindowSizeMsg{}); s.View() != "c" {
		t.Error("the window is the one before")
	}
}
