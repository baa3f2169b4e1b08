package inspect

import "joltui/internal/jsontree"

// folds are which objects and arrays are folded: none but some, or all but some
// and the root.
type folds struct {
	all    bool
	others map[int]bool // those that are not as all says
}

func (f *folds) folded(n int) bool { return (f.all && n != 0) != f.others[n] }

func (f *folds) set(n int, folded bool) {
	if f.folded(n) == folded {
		return
	}
	if f.others[n] {
		delete(f.others, n)
		return
	}
	if f.others == nil {
		f.others = make(map[int]bool)
	}
	f.others[n] = true
}

// unfoldAround opens everything that a node is in.
func (f *folds) unfoldAround(t *jsontree.Tree, n int) {
	for up := int(t.Node(n).Parent); up != jsontree.None; up = int(t.Node(up).Parent) {
		f.set(up, false)
	}
}

// carrier finds the nodes of one tree in another, by their paths.
type carrier struct {
	from, to *jsontree.Tree
	left     int // nodes that may still be looked at
}

// maxCarried bounds the nodes that are looked at when another message takes the
// place of one: 2 ms of work.
const maxCarried = 50_000

// folds are the folds of one tree, in the other.
func (c *carrier) folds(f folds) folds {
	carried := folds{all: f.all}
	for n := range f.others {
		if m, found := c.find(n); found {
			carried.set(m, !carried.all || m == 0)
		}
	}
	return carried
}

// find returns the node with the same path, or what is nearest on the way there.
func (c *carrier) find(n int) (node int, found bool) {
	var way []int
	for ; n != 0; n = int(c.from.Node(n).Parent) {
		if c.left--; c.left < 0 {
			return 0, false
		}
		way = append(way, n)
	}
	for i := len(way) - 1; i >= 0; i-- {
		next := c.child(node, way[i])
		if next == jsontree.None {
			return node, false
		}
		node = next
	}
	return node, true
}

// child returns the field of the same name, or the item in the same place.
func (c *carrier) child(parent, like int) int {
	if c.to.Kind(parent) != c.from.Kind(int(c.from.Node(like).Parent)) {
		return jsontree.None
	}
	name, index := c.from.Key(like), c.from.Node(like).Index
	for n := c.to.First(parent); n != jsontree.None; n = c.to.After(n) {
		if c.left--; c.left < 0 {
			return jsontree.None
		}
		if name != "" && c.to.Key(n) == name || name == "" && c.to.Node(n).Index == index {
			return n
		}
	}
	return jsontree.None
}
