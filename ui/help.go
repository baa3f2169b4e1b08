package ui

import (
	"joltui/ui/keys"
	"joltui/ui/views/help"
)

// helping is the feature of the help, which can be opened over any other page.
type helping struct {
	*shell
	set  keys.Set[*helping]
	page *help.Page
}

func newHelping(s *shell) *helping {
	return &helping{
		shell: s,
		page:  help.New(&s.styles, help.Actions(), s.moves),
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
	h.push(h.page)
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
