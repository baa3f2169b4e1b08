package keys

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
)

// Means reports whether a key means something in a place, even if that can do nothing now.
func (t Table) Means(in Place, msg tea.KeyMsg) bool { return t.in(in, msg) != nil }

// in returns the action that a key means in a place, or nil.
func (t Table) in(p Place, msg tea.KeyMsg) *Entry {
	for i := range t {
		if e := &t[i]; e.on && e.WorksIn(p) && key.Matches(msg, *e.key) {
			return e
		}
	}
	return nil
}

// Elsewhere says what a key does that means nothing here, where it does so, and how to get
// there: "n: next hit, in Messages (2)". It is "" for a key that means nothing anywhere.
// below are the places that come up as pages are closed, the next one first; of several
// meanings the nearest is told.
func (t Table) Elsewhere(here Place, below []Place, msg tea.KeyMsg) string {
	var nearest *Entry
	distance := func(e *Entry) int {
		if at := slices.IndexFunc(below, e.WorksIn); at >= 0 {
			return at
		}
		return len(below) + int(e.Where.kind)
	}
	for i := range t {
		e := &t[i]
		if e.on && key.Matches(msg, *e.key) && (nearest == nil || distance(e) < distance(nearest)) {
			nearest = e
		}
	}
	if nearest == nil {
		return t.off(msg)
	}
	return label(msg.String()) + ": " + nearest.key.Help().Desc + ", " + t.Whereabouts(here, below, nearest)
}

// Whereabouts says where an action works, and which keys lead there: "in Messages (2)". See
// [Table.Elsewhere] for here and below.
func (t Table) Whereabouts(here Place, below []Place, e *Entry) string {
	where := "in " + e.Where.name
	if e.Where.kind == dashboard {
		where = "on the dashboard"
	}
	if door := t.door(here, below, e); door != "" {
		where += " (" + door + ")"
	}
	return where
}

// off says why the action of a key is not there at all, or "".
func (t Table) off(msg tea.KeyMsg) string {
	return t.refused(msg, func(*Entry) bool { return true })
}

// Refused says why the action that a key would run in a place is not there at all, or "".
func (t Table) Refused(in Place, msg tea.KeyMsg) string {
	if t.Means(in, msg) {
		return ""
	}
	return t.refused(msg, func(e *Entry) bool { return e.WorksIn(in) })
}

func (t Table) refused(msg tea.KeyMsg, among func(*Entry) bool) string {
	for i := range t {
		if e := &t[i]; !e.on && e.offWhy != "" && among(e) && slices.Contains(e.key.Keys(), msg.String()) {
			return refusal(*e.key, e.offWhy)
		}
	}
	return ""
}

// door returns the keys that lead from here to where an action works, or "".
func (t Table) door(here Place, below []Place, to *Entry) string {
	var keys []string
	closing := slices.IndexFunc(below, to.WorksIn)
	opener := t.opener(to.Where)
	if closing < 0 && opener != nil && !opener.WorksIn(here) {
		closing = slices.IndexFunc(below, opener.WorksIn)
	}
	if closing >= 0 {
		leave := "esc"
		if e := t.leaving(here); e != nil {
			leave = firstLabel(e)
		}
		keys = append(keys, strings.TrimSuffix(strings.Repeat(leave+" ", closing+1), " "))
	}
	if opener != nil && !slices.ContainsFunc(below, to.WorksIn) {
		keys = append(keys, firstLabel(opener))
		if closing < 0 && !opener.WorksIn(here) {
			keys[0] += " in " + opener.Where.name
		}
	}
	return strings.Join(keys, ", ")
}

// firstLabel returns how hints name the first key of an action, or the action in the palette
// if it has no key.
func firstLabel(e *Entry) string {
	if keys := e.key.Keys(); len(keys) > 0 {
		return label(keys[0])
	}
	return ":" + e.Name
}

// opener returns the action that leads to a place, or nil.
func (t Table) opener(to Place) *Entry {
	if i := slices.IndexFunc(t, func(e Entry) bool { return e.on && e.opens == to && to.name != "" }); i >= 0 {
		return &t[i]
	}
	return nil
}

// leaving returns the action that closes a page, or nil.
func (t Table) leaving(page Place) *Entry {
	if i := slices.IndexFunc(t, func(e Entry) bool { return e.Where == page && strings.HasSuffix(e.Name, ".leave") }); i >= 0 {
		return &t[i]
	}
	return nil
}

// Words puts the keys of actions in place of their names in braces.
func (t Table) Words(text string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		name, after, closed := strings.Cut(rest, "}")
		e := t.Named(name)
		if !found || !closed || e == nil {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(before + firstLabel(e))
		text = after
	}
}

// Usable returns those of the keys that do something now in a place: a footer offers no
// others.
func (t Table) Usable(in Place, keys []key.Binding, f *feed.Feed) []key.Binding {
	return slices.DeleteFunc(keys, func(k key.Binding) bool {
		for i := range t {
			e := &t[i]
			if e.WorksIn(in) && slices.Equal(e.key.Keys(), k.Keys()) {
				return !e.on || e.why(f) != ""
			}
		}
		return false
	})
}
