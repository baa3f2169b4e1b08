package inspect

import "joltui/internal/jsontree"

// folds says which objects and arrays are folded: none but a few, or all but a few and the
// root.
type folds struct {
	all    bool
	others map[int]bool // the exceptions from all, by node
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

// unfoldAround unfolds all objects and arrays that a node is in.
func (f *folds) unfoldAround(t *jsontree.Tree, n int) {
	for up := int(t.Node(n).Parent); up != jsontree.None; up = int(t.Node(up).Parent) {
		f.set(up, false)
	}
}

// pathMatcher finds the nodes of one tree in another, by their paths.
type pathMatcher struct {
	from, to *jsontree.Tree
	left     int // how many more nodes may be visited
}

// maxVisitedNodes bounds the nodes that are visited when another message is shown in place of
// one: 2 ms of work.
const maxVisitedNodes = 50_000

// folds returns the folds of from for the nodes of to.
func (c *pathMatcher) folds(f folds) folds {
	carried := folds{all: f.all}
	for n := range f.others {
		if m, found := c.find(n); found {
			carried.set(m, !carried.all || m == 0)
		}
	}
	return carried
}

// find returns the node with the path of n. If there is none, it returns the last node on
// the way there that exists.
func (c *pathMatcher) find(n int) (node int, found bool) {
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

// child returns the field of parent with the name of like, or the item with its index.
func (c *pathMatcher) child(parent, like int) int {
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
