package keys

import (
	"fmt"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/views/kit"
)

// Action is something that a user can do to a P: a pane, or a feature of the dashboard.
type Action[P any] struct {
	Name  string // in the configuration of users, so it never changes
	Where Place
	// Also are places beside Where.
	Also []Place
	// Group is the heading in the help; empty is that of the place.
	Group string
	// Key holds the keys, how the help writes them, and what they do. It is made by
	// [Bind]; those of a user replace it.
	Key key.Binding
	// On reports whether there is such an action at all; nil is always. It is asked once.
	On func(P) bool
	// When reports whether a key means the action now; nil is always.
	When func(P) bool
	// Run does it. See [Do], [Plain] and [Cmd] for functions of fewer arguments.
	Run func(P, *feed.Feed) kit.Intent
}

// Bind returns keys by the names that Bubble Tea has for them, the label that the help
// shows in place of them, and what they do in a few words.
func Bind(label, does string, names ...string) key.Binding {
	return key.NewBinding(key.WithKeys(names...), key.WithHelp(label, does))
}

// Do makes a Run of a function that only changes its P.
func Do[P any](f func(P)) func(P, *feed.Feed) kit.Intent {
	return func(p P, _ *feed.Feed) kit.Intent {
		f(p)
		return nil
	}
}

// Plain makes a Run of a function that needs no feed.
func Plain[P any](f func(P) kit.Intent) func(P, *feed.Feed) kit.Intent {
	return func(p P, _ *feed.Feed) kit.Intent { return f(p) }
}

// Cmd makes a Run of a function that returns a command of Bubble Tea.
func Cmd[P any](f func(P) tea.Cmd) func(P, *feed.Feed) kit.Intent {
	return func(p P, _ *feed.Feed) kit.Intent {
		return kit.Do(func() tea.Cmd { return f(p) })
	}
}

// Leave is the Run of an action that closes a page.
func Leave[P any](P, *feed.Feed) kit.Intent { return kit.Leave{} }

// Set is the actions of one kind of pane or feature. All panes of the kind share it, so
// that they have the same keys.
type Set[P any] []Action[P]

// Press runs what a key means, and reports whether it means anything.
func (s Set[P]) Press(p P, msg tea.KeyMsg, f *feed.Feed) (in kit.Intent, done bool) {
	for i := range s {
		if a := &s[i]; key.Matches(msg, a.Key) && (a.When == nil || a.When(p)) {
			return a.Run(p, f), true
		}
	}
	return nil, false
}

// Key returns the keys of an action of the set. The name of another one is a fault of
// the program.
func (s Set[P]) Key(name string) key.Binding { return *s.Ref(name) }

// Keys returns those of several actions, for a footer.
func (s Set[P]) Keys(names ...string) []key.Binding {
	bindings := make([]key.Binding, len(names))
	for i, name := range names {
		bindings[i] = s.Key(name)
	}
	return bindings
}

// Ref is Key for what has to see the keys that a user gives the action later.
func (s Set[P]) Ref(name string) *key.Binding {
	i := slices.IndexFunc(s, func(a Action[P]) bool { return a.Name == name })
	if i < 0 {
		panic(fmt.Sprintf("keys: no action %q in a set of %d", name, len(s)))
	}
	return &s[i].Key
}

// Entries are the actions for a [Table], done to what at returns at that time.
func (s Set[P]) Entries(at func() P) Table {
	table := make(Table, len(s))
	for i := range s {
		a := &s[i]
		group := a.Group
		if group == "" {
			group = a.Where.name
		}
		on := a.On == nil || a.On(at())
		a.Key.SetEnabled(on)
		table[i] = Entry{
			on: on, Name: a.Name, Group: group, Where: a.Where, also: a.Also, key: &a.Key,
			when: func() bool { return a.When == nil || a.When(at()) },
			run:  func(f *feed.Feed) kit.Intent { return a.Run(at(), f) },
		}
	}
	return table
}
