package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/keys"
	"joltui/ui/views/kit"
	"joltui/ui/views/overview"
	"joltui/ui/views/wire"
)

// wiring is the feature of the page of the lines that go over the connection.
type wiring struct{ *opener }

func newWiring(s *shell) *wiring {
	page := wire.New(&s.styles, wire.Actions(), s.moves, s.options.Wire)
	w := &wiring{opens(s, "wire", "Look", keys.Bind("i", "lines on the wire", "i"), page)}
	w.set[0].On = func(*opener) bool { return s.options.Player == nil } // a recording has no wire
	return w
}

// settle has the wire keep messages, too, while its page is open.
func (w *wiring) settle() tea.Cmd {
	w.options.Wire.Watch(slices.Contains(w.pages, w.page), w.now)
	return nil
}

// glancing is the page with all topics at a glance.
type glancing struct {
	*opener
	subscribing *subscribing
}

func newGlancing(s *shell, subscribing *subscribing) *glancing {
	page := overview.New(&s.styles, overview.Actions(), s.moves)
	return &glancing{opens(s, "overview", "Look", keys.Bind("A", "all at a glance", "A"), page), subscribing}
}

func (g *glancing) carry(in kit.Intent) (tea.Cmd, bool) {
	open, ok := in.(overview.Open)
	if !ok {
		return nil, false
	}
	return g.subscribing.openTopic(open.Topic), true
}
