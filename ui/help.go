package ui

import (
	"slices"

	"joltui/ui/keys"
	"joltui/ui/views/help"
)

// helping is the feature of the help, which can be opened over any other page.
type helping struct {
	*desk
	set  keys.Set[*helping]
	page *help.Page
}

func newHelping(d *desk) *helping {
	return &helping{
		desk: d,
		page: help.New(&d.styles, help.Actions(), d.moves),
		set: keys.Set[*helping]{
			{Name: "help", Group: "Leave", Where: keys.Anywhere(), Key: keys.Bind("?", "help", "?"), Opens: help.Place(), Run: keys.Do((*helping).toggle)},
		},
	}
}

func (h *helping) entries() keys.Table {
	return append(h.set.Entries(func() *helping { return h }), h.page.Entries()...)
}

// toggle opens the help on top of all pages, or closes it.
func (h *helping) toggle() {
	if h.top() == page(h.page) {
		h.page.Find("")
		h.pop()
		return
	}
	h.page.SetGroups(h.groups())
	h.push(h.page)
}

// groups returns what the help shows: the keys of the place that the user is in, those that
// work in many places, signs and languages, and the keys of other places.
func (h *helping) groups() []help.Group {
	var here, wide, other []help.Group
	place := h.place().String()
	for _, g := range groups(h.table) {
		switch {
		case g.Where == place:
			here = append(here, g)
		case slices.Contains([]string{keys.Always().String(), keys.Anywhere().String(), keys.Dashboard().String()}, g.Where):
			wide = append(wide, g)
		default:
			other = append(other, g)
		}
	}
	return slices.Concat(here, wide, []help.Group{help.Signs(), help.Languages()}, other)
}

// canOpenOver reports whether there is a page over which the help can be opened.
func (h *helping) canOpenOver() bool {
	return h.top() != nil && h.top() != page(h.page) && !isTyping(h.top())
}

// groups returns all actions that are on, in groups, for the help.
func groups(table keys.Table) []help.Group {
	var all []help.Group
	for i := range table {
		e := &table[i]
		if !e.On() {
			continue
		}
		if len(all) == 0 || all[len(all)-1].Title != e.Group {
			all = append(all, help.Group{Title: e.Group, Where: e.Where.String()})
		}
		last := &all[len(all)-1]
		one := help.Key{Key: e.Key().Help().Key, Does: e.Key().Help().Desc}
		if where := e.Where.String(); where != last.Where {
			one.Where = where
		}
		last.Keys = append(last.Keys, one)
	}
	return all
}
