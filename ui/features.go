package ui

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/keys"
	"joltui/ui/views/frame"
	"joltui/ui/views/kit"
	"joltui/ui/views/overview"
	"joltui/ui/views/wire"
)

// feature is a part of what the dashboard does, with its own state and actions. It may
// be more: one of the interfaces below. Those that ask for something are asked in the
// order of [Model.features] until one says that it was for it.
type feature interface {
	entries() keys.Table
}

type (
	// starter has something to be done when the program begins.
	starter interface{ start() tea.Cmd }
	// carrier carries out intents of panes.
	carrier interface {
		carry(in kit.Intent) (cmd tea.Cmd, done bool)
	}
	// taker takes messages that only it sends: what came of its commands.
	taker interface {
		take(msg tea.Msg) (cmd tea.Cmd, done bool)
	}
	// ticker does something once a second.
	ticker interface{ tick() tea.Cmd }
	// booker wants to know when the feed is about to book a batch, and when it has.
	booker interface {
		booking()
		booked()
	}
	// settler does something at the end of each Update.
	settler interface{ settle() tea.Cmd }
	// teller adds to what header and footer say.
	teller interface{ tell(info *frame.Info) }
	// undoer may take the key that goes back, before the desk does.
	undoer interface{ undo() bool }
	// restarter lets go of what is of a feed that is gone.
	restarter interface{ restart() }
	// keeper has something that ends, or is lost, with the dashboard, and names it; see
	// [Model.kept].
	keeper interface{ keeps(all bool) []string }
	// commander has commands for the palette beside its actions.
	commander interface{ commands() []command }
)

// opener is the feature of a page that can be opened from the dashboard and needs
// nothing else.
type opener struct {
	*shell
	page page
	set  keys.Set[*opener]
}

// opens returns the feature of a page and of the action that opens it.
func opens(s *shell, name, group string, k key.Binding, p page) *opener {
	return &opener{s, p, keys.Set[*opener]{
		{Name: name, Group: group, Where: keys.Dashboard(), Key: k, Opens: p.Place(), Run: keys.Do((*opener).open)},
	}}
}

func (o *opener) entries() keys.Table {
	return append(o.set.Entries(func() *opener { return o }), o.page.Entries()...)
}

func (o *opener) open() { o.push(o.page) }

// each calls f with the features that are a T.
func each[T any](features []feature, f func(T)) {
	for _, one := range features {
		if t, ok := one.(T); ok {
			f(t)
		}
	}
}

// firstOf asks the features that are a T until one says that it was for it.
func firstOf[T any](features []feature, ask func(T) (tea.Cmd, bool)) (cmd tea.Cmd, done bool) {
	for _, one := range features {
		if t, ok := one.(T); ok {
			if cmd, done := ask(t); done {
				return cmd, true
			}
		}
	}
	return nil, false
}

// wiring is the feature of the page of the lines that go over the connection.
type wiring struct{ *opener }

func newWiring(s *shell) *wiring {
	page := wire.New(&s.styles, wire.Actions(), s.moves, s.options.Wire)
	w := &wiring{opens(s, "wire", "Look", keys.Bind("i", "lines on the wire", "i"), page)}
	w.set[0].Off = "a recording has no wire"
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
