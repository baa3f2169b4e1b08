package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/jolt"
	"joltui/ui/loop"
)

// fakeTerminal is busy until arrive is called.
type fakeTerminal struct {
	busy  bool
	waits int
}

func (f *fakeTerminal) Busy() bool { return f.busy }

func (f *fakeTerminal) Wait() {
	f.waits++
	f.busy = false
}

// While the terminal is busy nothing new is drawn, whatever happens; then all of it is drawn
// at once.
func TestNothingIsDrawnWhileTheTerminalIsBehind(t *testing.T) {
	term := &fakeTerminal{}
	s := watchOrders(t, 100, 30, Options{Terminal: term})
	twin := watchOrders(t, 100, 30, Options{})
	before := s.model.View()
	term.busy = true
	var commands []tea.Cmd
	for i := range 100 {
		msg := loop.Batch{Events: []jolt.Event{&jolt.Message{At: s.now, Topic: "orders.eu", Data: "while it is behind"}}}
		if i%2 > 0 {
			msg.Partial = true
		}
		_, cmd := s.model.Update(msg)
		twin.model.Update(msg)
		if s.model.View() != before {
			t.Fatalf("batch %d was drawn:\n%s", i, s.model.View())
		}
		if cmd != nil {
			commands = append(commands, cmd)
		}
	}
	if len(commands) != 1 {
		t.Fatalf("%d commands wait for the terminal, not one", len(commands))
	}
	s.model.Update(commands[0]())
	if term.waits != 1 {
		t.Errorf("the command waited %d times", term.waits)
	}
	twin.model.Update(struct{}{})
	if s.model.View() == before || s.model.View() != twin.model.View() {
		t.Errorf("this was drawn:\n%s\nand not this:\n%s", s.model.View(), twin.model.View())
	}
	term.busy = true
	if _, cmd := s.model.Update(tea.KeyMsg{Type: tea.KeyTab}); cmd == nil {
		t.Error("nobody waits for the terminal when it is behind once more")
	}
}

// A window of another size is drawn at once.
func TestResizedWhileTheTerminalIsBehind(t *testing.T) {
	term := &fakeTerminal{}
	s := watchOrders(t, 100, 30, Options{Terminal: term})
	term.busy = true
	if _, cmd := s.model.Update(tea.WindowSizeMsg{Width: 60, Height: 20}); cmd != nil {
		t.Error("a command waits though the window was drawn")
	}
	twin := watchOrders(t, 60, 20, Options{})
	if s.model.View() != twin.model.View() {
		t.Errorf("the window is\n%s\nand not\n%s", s.model.View(), twin.model.View())
	}
}
