package inspect

import (
	"joltui/internal/jsontree"
	"joltui/ui/views/kit"
)

// searchAtOnce is how many bytes are searched at once, within Update: 3 ms with a slow
// expression. Searching more is a job.
const searchAtOnce = 32 << 10

// NextJob returns the next job: parsing the rest of the tree, then the search. It is nil if
// there is none, or while one is under way.
func (v *Page) NextJob() kit.Job {
	data := v.entry.Data
	switch t, re := v.tree.tree, v.search.re; {
	case v.worker.Busy:
		return nil
	case v.pretty && t.Err() == nil && t.Read() < len(data):
		return v.worker.Begin(func() func() {
			whole := jsontree.Parse(data, 0)
			return func() { v.setTree(t, whole) }
		})
	case v.search.due:
		return v.worker.Begin(func() func() {
			h := findAll(re, data)
			return func() { v.searched(h, data, re.String()) }
		})
	default:
		return nil
	}
}

// setTree replaces the beginning of a tree by the whole one, unless the page shows another
// message by now. Nodes and rows of the beginning stay the same.
func (v *Page) setTree(part, whole *jsontree.Tree) {
	if v.tree.tree != part {
		return
	}
	v.tree.tree, v.tree.longOf = whole, jsontree.None
	if v.shown == layout(v.tree) {
		v.viewport.relocate(v.shown)
	}
	if v.hits.selected >= 0 {
		v.goTo(v.hits.selected)
	}
}

// searched takes over hits, unless the page has another message or another search by now.
func (v *Page) searched(h hits, data, text string) {
	if v.search.due && v.search.text == text && v.entry.Data == data {
		v.found(h)
	}
}
