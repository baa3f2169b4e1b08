package inspect

import (
	"joltui/internal/jsontree"
	"joltui/ui/views/kit"
	"strings"
)

// treeRows is the layout of JSON as a tree: a row for each value, one for the end of each
// object or array that is unfolded, and further rows for long values. If the tree ends
// before the payload does, a last row, the tail, says why.
type treeRows struct {
	styles  *kit.Styles
	tree    *jsontree.Tree
	missing int // bytes of the payload that were not kept
	folds   folds
	hits    *hits
	width   int
	long    kit.LongText // a cache: the value of the node longOf, which takes several rows
	longOf  int
	visited int // nodes visited to find out what is folded; tests bound it
}

func newTreeRows(s *kit.Styles, t *jsontree.Tree, missing int, h *hits) *treeRows {
	return &treeRows{styles: s, tree: t, missing: missing, hits: h, width: 1, longOf: jsontree.None}
}

// setWidth sets the width of a row in cells.
func (r *treeRows) setWidth(w int) {
	if w != r.width {
		r.width, r.longOf = w, jsontree.None
	}
}

// composed reports whether a node is an object or array with something in it:
// one that can be folded.
func (r *treeRows) composed(n int) bool { return r.tree.Node(n).Last != jsontree.None }

// opened reports whether the values in a node have rows of their own.
func (r *treeRows) opened(n int) bool { return r.composed(n) && !r.folds.folded(n) }

// ended reports whether the end of an object or array was read.
func (r *treeRows) ended(n int) bool { return r.tree.Node(n).End > 0 }

// hasTail reports whether there is a row that says what is missing.
func (r *treeRows) hasTail() bool { return !r.tree.Whole() }

func (r *treeRows) tail() rowPosition {
	return rowPosition{offset: r.tree.Read() + 1, node: r.tree.Len()}
}

// opening returns the first row of a node.
func (r *treeRows) opening(n int) rowPosition {
	return rowPosition{offset: r.tree.Node(n).Begin(), node: n}
}

func (r *treeRows) closing(n int) rowPosition {
	return rowPosition{offset: int(r.tree.Node(n).End) - 1, node: n, closes: true}
}

// lastOf returns the last row of a node and of all that is in it.
func (r *treeRows) lastOf(n int) rowPosition {
	for r.opened(n) {
		if r.ended(n) {
			return r.closing(n)
		}
		n = int(r.tree.Node(n).Last)
	}
	return r.fragment(n, len(r.tree.Value(n)))
}

// at returns the row that shows the byte at an offset. A folded object or array
// shows all that is in it.
func (r *treeRows) at(offset int) rowPosition {
	if r.hasTail() && offset >= r.tree.Read() {
		return r.tail()
	}
	n := r.tree.Find(offset)
	folded := jsontree.None
	for up := n; up != jsontree.None; up = int(r.tree.Node(up).Parent) {
		r.visited++
		if r.composed(up) && r.folds.folded(up) {
			folded = up
		}
	}
	node := r.tree.Node(n)
	switch {
	case folded != jsontree.None:
		return r.opening(folded)
	case r.composed(n) && r.ended(n) && offset >= int(node.End)-1:
		return r.closing(n)
	default:
		return r.fragment(n, offset-int(node.Start))
	}
}

func (r *treeRows) next(s rowPosition) (rowPosition, bool) {
	if s.node == r.tree.Len() {
		return s, false
	}
	if !s.closes {
		if r.opened(s.node) {
			return r.opening(s.node + 1), true
		}
		if after, ok := r.nextFragment(s); ok {
			return after, true
		}
	}
	return r.after(s.node)
}

// after returns the row after a node and all that is in it.
func (r *treeRows) after(n int) (rowPosition, bool) {
	if next := r.tree.After(n); next != jsontree.None {
		return r.opening(next), true
	}
	if parent := int(r.tree.Node(n).Parent); parent != jsontree.None && r.ended(parent) {
		return r.closing(parent), true
	}
	if r.hasTail() {
		return r.tail(), true
	}
	return rowPosition{}, false
}

func (r *treeRows) prev(s rowPosition) (rowPosition, bool) {
	if s.node == r.tree.Len() {
		return r.lastOf(0), true
	}
	node := r.tree.Node(s.node)
	switch {
	case s.closes:
		return r.lastOf(int(node.Last)), true
	case s.offset > int(node.Start):
		return r.fragment(s.node, s.offset-int(node.Start)-1), true
	case node.Prev != jsontree.None:
		return r.lastOf(int(node.Prev)), true
	case node.Parent != jsontree.None:
		return r.opening(int(node.Parent)), true
	default:
		return s, false
	}
}

// fragment returns the row that shows the byte at an offset of the value of a node.
func (r *treeRows) fragment(n, offset int) rowPosition {
	s := r.opening(n)
	if r.isLong(n) {
		if row := r.longText(n).Row(offset); row.Start > 0 {
			s.offset = int(r.tree.Node(n).Start) + row.Start
		}
	}
	return s
}

func (r *treeRows) nextFragment(s rowPosition) (rowPosition, bool) {
	if !r.isLong(s.node) {
		return s, false
	}
	text := r.longText(s.node)
	start := int(r.tree.Node(s.node).Start)
	row := text.Row(s.offset - start)
	if row.End >= len(text.Text) {
		return s, false
	}
	return rowPosition{offset: start + row.End, node: s.node}, true
}

// isLong reports whether a node is a simple value that needs a [kit.LongText]: one that
// does not fit in a row, or is not plain ASCII.
func (r *treeRows) isLong(n int) bool {
	if kind := r.tree.Kind(n); kind == jsontree.Object || kind == jsontree.Array {
		return false
	}
	value := r.tree.Value(n)
	return len(value) > r.columns(n).value || !isVisibleASCII(value) || strings.Contains(value, `\u`)
}

func isVisibleASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// longText returns the value of a node in rows. It keeps the latest one: the rows of a
// screen are mostly of the same value.
func (r *treeRows) longText(n int) *kit.LongText {
	if r.longOf != n {
		r.long = kit.LongText{Text: r.tree.Value(n), JSON: true, Width: r.columns(n).value, Laid: r.long.Laid}
		r.longOf = n
	}
	return &r.long
}

// treeColumns is how the width of a row is divided, in cells.
type treeColumns struct {
	indent, key, value int
}

// columns divides the width of the rows of a node. However deep the node and however long
// its name, about a third is left for the value.
func (r *treeRows) columns(n int) treeColumns {
	const perLevel, comma = 2, 1
	third := r.width / 3
	c := treeColumns{indent: min(perLevel*int(r.tree.Node(n).Depth), third)}
	used := c.indent
	if name := r.tree.Key(n); name != "" {
		c.key = min(keyWidth(name), third)
		used += c.key + len(": ")
	}
	c.value = max(r.width-used-comma, 1)
	return c
}
