package inspect

import (
	"joltui/internal/jsontree"
	"joltui/ui/views/kit"
)

// What is done within the key or frame that needs it. More is a job.
const (
	searchAtOnce = 32 << 10 // bytes: 3 ms with an expression of the slow kind
)

// NextJob returns work that is to be done now: the rest of the tree, and then the
// search. It is nil while there is none, or one is under way.
func (v *Page) NextJob() kit.Job {
	data := v.entry.Data
	switch t, re := v.tree.tree, v.search.re; {
	case v.worker.Busy:
		return nil
	case v.pretty && t.Err() == nil && t.Read() < len(data):
		return v.worker.Begin(func() func() {
			whole := jsontree.Parse(data, 0)
			return func() { v.laidOut(t, whole) }
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

// laidOut puts the whole tree in the place of its beginning, unless that belongs
// to another message. Nodes and rows that are there already stay what they are.
func (v *Page) laidOut(part, whole *jsontree.Tree) {
	if v.tree.tree != part {
		return
	}
	v.tree.tree, v.tree.longOf = whole, jsontree.None
	if v.shown == layout(v.tree) {
		v.reader.relocate(v.shown)
	}
	if v.hits.on >= 0 {
		v.goTo(v.hits.on)
	}
}

// searched takes hits, unless another message or search has taken the place of
// what they are for.
func (v *Page) searched(h hits, data, text string) {
	if v.search.due && v.search.text == text && v.entry.Data == data {
		v.found(h)
	}
}
