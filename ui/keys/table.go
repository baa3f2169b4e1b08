package keys

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/views/kit"
)

// Table is all actions of a dashboard, in the order of the help.
type Table []Entry

// Entry is an [Action], and what it is done to.
type Entry struct {
	Name, Group string
	Where       Place
	also        []Place
	on          bool
	key         *key.Binding
	when        func() bool
	run         func(*feed.Feed) kit.Intent
}

// Key returns the keys of the action, which may be off.
func (e *Entry) Key() key.Binding { return *e.key }

// On reports whether there is such an action in this dashboard.
func (e *Entry) On() bool { return e.on }

// HasKey reports whether any key does it: users may take all keys from an action.
func (e *Entry) HasKey() bool { return len(e.key.Keys()) > 0 }

// Run does it, wherever the user is.
func (e *Entry) Run(f *feed.Feed) kit.Intent { return e.run(f) }

// WorksIn reports whether the keys of e can be pressed in a place.
func (e *Entry) WorksIn(p Place) bool {
	return e.Where.covers(p) || slices.Contains(e.also, p)
}

// Moves reports whether e moves a cursor or scrolls.
func (e *Entry) Moves() bool { return e.Where.kind == moving }

// Press runs the action of a place, and of no other one, that a key means, and reports
// whether there is one.
func (t Table) Press(p Place, msg tea.KeyMsg, f *feed.Feed) (in kit.Intent, done bool) {
	for i := range t {
		e := &t[i]
		if (e.Where == p || slices.Contains(e.also, p)) && key.Matches(msg, *e.key) && e.when() {
			return e.run(f), true
		}
	}
	return nil, false
}

// Named finds an action; nil is none.
func (t Table) Named(name string) *Entry {
	if i := slices.IndexFunc(t, func(e Entry) bool { return e.Name == name }); i >= 0 {
		return &t[i]
	}
	return nil
}

// Key returns the keys of an action; those of one that does not exist are off.
func (t Table) Key(name string) key.Binding {
	if e := t.Named(name); e != nil {
		return e.Key()
	}
	return key.NewBinding(key.WithDisabled())
}

// Label is how advice names the key of an action.
func (t Table) Label(name string) string { return t.Key(name).Help().Key }

// Sorted returns the table with the groups in an order, those left out last.
func (t Table) Sorted(groups ...string) Table {
	rank := func(e Entry) int {
		if i := slices.Index(groups, e.Group); i >= 0 {
			return i
		}
		return len(groups)
	}
	sorted := slices.Clone(t)
	slices.SortStableFunc(sorted, func(a, b Entry) int { return rank(a) - rank(b) })
	return sorted
}
