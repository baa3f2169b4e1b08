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

// Entry is an [Action] together with the pane or feature that it runs on.
type Entry struct {
	Name, Group string
	Where       Place
	also        []Place
	opens       Place
	loses       bool
	offWhy      string
	on          bool
	key         *key.Binding
	when        func() bool
	why         func(*feed.Feed) string
	run         func(*feed.Feed) kit.Intent
}

// Key returns the keys of the action; they are disabled if the action is off.
func (e *Entry) Key() key.Binding { return *e.key }

// On reports whether this dashboard has the action.
func (e *Entry) On() bool { return e.on }

// HasKey reports whether the action has a key: users may take all keys from an action.
func (e *Entry) HasKey() bool { return len(e.key.Keys()) > 0 }

// Loses reports whether the action ends or loses something that cannot be had back.
func (e *Entry) Loses() bool { return e.loses }

// Why says why the action can do nothing now, or "". Actions in braces stand for their keys;
// see [Table.Words].
func (e *Entry) Why(f *feed.Feed) string { return e.why(f) }

// Run runs the action, wherever the user is, or says why it can do nothing.
func (e *Entry) Run(f *feed.Feed) kit.Intent { return e.run(f) }

// WorksIn reports whether the keys of e work in a place.
func (e *Entry) WorksIn(p Place) bool {
	return e.Where.covers(p) || slices.Contains(e.also, p)
}

// Moves reports whether e moves a cursor or scrolls.
func (e *Entry) Moves() bool { return e.Where.kind == moving }

// Press runs the action that has a key in a place, and reports whether there is one. It
// leaves out the actions of wider places.
func (t Table) Press(p Place, msg tea.KeyMsg, f *feed.Feed) (in kit.Intent, done bool) {
	for i := range t {
		e := &t[i]
		if (e.Where == p || slices.Contains(e.also, p)) && key.Matches(msg, *e.key) && e.when() {
			return e.run(f), true
		}
	}
	return nil, false
}

// Named returns an action by its name, or nil if there is none.
func (t Table) Named(name string) *Entry {
	if i := slices.IndexFunc(t, func(e Entry) bool { return e.Name == name }); i >= 0 {
		return &t[i]
	}
	return nil
}

// Key returns the keys of an action; those of one that does not exist are disabled.
func (t Table) Key(name string) key.Binding {
	if e := t.Named(name); e != nil {
		return e.Key()
	}
	return key.NewBinding(key.WithDisabled())
}

// Label returns how hints name the keys of an action.
func (t Table) Label(name string) string { return t.Key(name).Help().Key }

// Sorted returns the table with groups in this order, and all other groups after them.
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
