package jsondiff

import (
	"joltui/internal/decimal"
	"joltui/internal/jsontree"
)

// Op is how a value has changed.
type Op uint8

// The ways in which a value can change.
const (
	Same    Op = iota // the same value, though it may be written differently
	Changed           // another value in the same place
	Added             // only in the text after
	Removed           // only in the text before
)

// Change says how one value has changed. If there are objects, or arrays, in the same place
// on both sides, there is a Change for each field or item, unless they are the same text.
type Change struct {
	Op            Op
	Before, After int // nodes of the trees; jsontree.None on a side that lacks the value
	// Unlooked means that these are objects or arrays that differ as texts, and were not
	// compared further: it would have been too much work.
	Unlooked bool
}

// The bounds of a comparison. What is beyond them is compared as text.
const (
	// maxWork is in steps: one for a value, and one for each 256 bytes of it. It
	// is some 100 ms of work, and more than two texts of 4 MiB usually take.
	maxWork  = 1 << 20
	textStep = 256
	maxDepth = 1000 // a longer path is of no use to anybody
)

// Compare returns how the values of one tree have changed in another, in the order of the
// text after; values removed from an object or array come at its end. Both trees must be
// whole. If an object has a name twice, the first ones are compared, and the second ones.
func Compare(before, after *jsontree.Tree) []Change {
	return compare(before, after, maxWork)
}

func compare(before, after *jsontree.Tree, work int) []Change {
	c := comparison{before: before, after: after, left: work}
	c.pair(0, 0, 0)
	return c.changes
}

type comparison struct {
	before, after *jsontree.Tree
	left          int // steps of work
	changes       []Change
}

func (c *comparison) add(op Op, before, after int) {
	c.changes = append(c.changes, Change{Op: op, Before: before, After: after})
}

// pair compares two values in the same place.
func (c *comparison) pair(before, after, depth int) {
	x, y := c.before.Value(before), c.after.Value(after)
	c.left -= 1 + min(len(x), len(y))/textStep
	kind := c.before.Kind(before)
	composed := kind == jsontree.Object || kind == jsontree.Array
	switch {
	case x == y:
		c.add(Same, before, after)
	case kind != c.after.Kind(after):
		c.add(Changed, before, after)
	case !composed:
		c.simple(kind, before, after)
	case c.before.Count(before) == 0 && c.after.Count(after) == 0:
		c.add(Same, before, after)
	case depth == maxDepth, c.left < c.before.Count(before)+c.after.Count(after):
		c.changes = append(c.changes, Change{Changed, before, after, true})
	case kind == jsontree.Array:
		c.arrays(before, after, depth)
	default:
		c.objects(before, after, depth)
	}
}

func (c *comparison) simple(kind jsontree.Kind, before, after int) {
	op := Changed
	if kind == jsontree.Number && decimal.Same(c.before.Value(before), c.after.Value(after)) ||
		kind == jsontree.String && name(c.before.Value(before)) == name(c.after.Value(after)) {
		op = Same
	}
	c.add(op, before, after)
}

// name returns the text that a string stands for, or the string as it is written if that
// text cannot be represented.
func name(quoted string) string {
	if text, ok := jsontree.Unquote(quoted); ok {
		return text
	}
	return quoted
}

func (c *comparison) arrays(before, after, depth int) {
	x, y := c.before.First(before), c.after.First(after)
	for x != jsontree.None || y != jsontree.None {
		switch {
		case x == jsontree.None:
			c.add(Added, x, y)
		case y == jsontree.None:
			c.add(Removed, x, y)
		default:
			c.pair(x, y, depth+1)
		}
		x, y = following(c.before, x), following(c.after, y)
	}
}

func following(t *jsontree.Tree, n int) int {
	if n == jsontree.None {
		return n
	}
	return t.After(n)
}

// field identifies a field of an object: by its name, and by how many fields before it have
// the same name.
type field struct {
	name string
	nth  int
}

func (c *comparison) objects(before, after, depth int) {
	c.left -= c.before.Count(before)
	old := make(map[field]int, c.before.Count(before))
	eachField(c.before, before, func(f field, n int) { old[f] = n })
	eachField(c.after, after, func(f field, n int) {
		x, ok := old[f]
		if !ok {
			c.add(Added, jsontree.None, n)
			return
		}
		delete(old, f)
		c.pair(x, n, depth+1)
	})
	eachField(c.before, before, func(f field, n int) {
		if _, left := old[f]; left {
			c.add(Removed, n, jsontree.None)
		}
	})
}

func eachField(t *jsontree.Tree, object int, do func(field, int)) {
	seen := make(map[string]int, t.Count(object))
	for n := t.First(object); n != jsontree.None; n = t.After(n) {
		f := field{name: name(t.Key(n))}
		f.nth = seen[f.name]
		seen[f.name]++
		do(f, n)
	}
}
