package inspect

import (
	"strconv"

	"joltui/internal/human"
	"joltui/internal/jsontree"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// keyWidth returns how many cells the name of a field takes, or if those are too many for
// any screen, at least a thousand.
func keyWidth(name string) int {
	const enough = 4000 // bytes: more than a thousand cells of any text
	if len(name) > enough {
		return enough
	}
	text, _ := printable.MapJSON(name)
	return kit.Width(text)
}

func (r *treeRows) draw(l *kit.Line, s rowPosition) {
	if s.node == r.tree.Len() {
		r.drawTail(l)
		return
	}
	node, c := r.tree.Node(s.node), r.columns(s.node)
	r.drawIndent(l, c.indent, int(node.Depth))
	dim := r.styles.Dim
	switch {
	case s.closes:
		l.Put(dim, r.tree.Text()[node.End-1:node.End])
	case s.offset > int(node.Start): // a long value goes on
		if node.Key > 0 {
			l.Space(c.key + len(": "))
		}
		r.drawFragment(l, s)
		return
	default:
		r.drawKey(l, s.node, c.key)
		if r.tree.Node(s.node).Last == jsontree.None || r.folds.folded(s.node) {
			r.drawValue(l, s)
			return
		}
		l.Put(dim, r.tree.Text()[node.Start:node.Start+1])
		return
	}
	r.drawComma(l, s.node)
}

// drawIndent indents a row; where the node is too deep for that, it writes its depth.
func (r *treeRows) drawIndent(l *kit.Line, indent, depth int) {
	if 2*depth <= indent {
		l.Space(indent)
		return
	}
	words, cells := kit.Cut("level "+human.Count(uint64(depth))+" ", indent)
	l.Space(indent-cells).Put(r.styles.Dim, words)
}

// drawKey writes the name of a field. One that is too long is cut, with how much of it is
// missing.
func (r *treeRows) drawKey(l *kit.Line, n, width int) {
	name := r.tree.Key(n)
	if name == "" {
		return
	}
	start := int(r.tree.Node(n).Key)
	text := kit.LongText{Text: name, JSON: true, Width: max(width, 1)}
	row := text.Row(0)
	if row.End == len(name) {
		r.hits.putRow(l, r.styles, r.styles.Field, &row, start)
	} else {
		rest := kit.Ellipsis + "+" + human.Bytes(uint64(len(name)-row.End))
		text.SetWidth(max(width-kit.Width(rest), 1))
		row = text.Row(0)
		rest = kit.Ellipsis + "+" + human.Bytes(uint64(len(name)-row.End))
		r.hits.putRow(l, r.styles, r.styles.Field, &row, start)
		l.Put(r.styles.Dim, rest)
	}
	l.Put(r.styles.Dim, ": ")
}

// drawValue writes a simple value, or an object or array that is empty or folded: how much
// is in it, and how many hits.
func (r *treeRows) drawValue(l *kit.Line, s rowPosition) {
	node, kind := r.tree.Node(s.node), r.tree.Kind(s.node)
	if kind != jsontree.Object && kind != jsontree.Array {
		r.drawFragment(l, s)
		return
	}
	open, end, what := "{", "}", "field"
	if kind == jsontree.Array {
		open, end, what = "[", "]", "item"
	}
	dim := r.styles.Dim
	l.Put(dim, open)
	if count := r.tree.Count(s.node); count > 0 {
		words := kit.Ellipsis + " " + human.Count(uint64(count)) + " " + human.Plural(uint64(count), what)
		if !r.ended(s.node) {
			words += " so far"
		}
		l.Put(r.styles.Text, words)
		if found := len(r.hits.within(int(node.Start), int(node.Start)+len(r.tree.Value(s.node)))); found > 0 {
			l.Put(dim, ", ").Put(r.styles.Match, human.Count(uint64(found))+" "+human.Plural(uint64(found), "hit"))
		}
		l.Put(dim, " ")
	}
	if r.ended(s.node) {
		l.Put(dim, end)
	}
	r.drawComma(l, s.node)
}

// drawFragment writes as much of a simple value as the row shows.
func (r *treeRows) drawFragment(l *kit.Line, s rowPosition) {
	start := int(r.tree.Node(s.node).Start)
	value := r.tree.Value(s.node)
	row := kit.TextRow{End: len(value), Shown: value}
	if r.isLong(s.node) {
		row = r.longText(s.node).Row(s.offset - start)
	}
	r.hits.putRow(l, r.styles, r.paint(s.node), &row, start)
	if row.End == len(value) {
		r.drawComma(l, s.node)
	}
}

func (r *treeRows) paint(n int) kit.Paint {
	switch r.tree.Kind(n) {
	case jsontree.String:
		return r.styles.String
	case jsontree.Number:
		return r.styles.Number
	default:
		return r.styles.Literal
	}
}

func (r *treeRows) drawComma(l *kit.Line, n int) {
	if r.tree.After(n) != jsontree.None {
		l.Put(r.styles.Dim, ",")
	}
}

// drawTail says why the tree ends before the payload does.
func (r *treeRows) drawTail(l *kit.Line) {
	rest := len(r.tree.Text()) - r.tree.Read()
	err := r.tree.Err()
	switch {
	case err == nil:
		l.Put(r.styles.Dim, kit.Ellipsis+" laying out another "+human.Bytes(uint64(rest)))
	case r.missing > 0 && err.Offset >= len(r.tree.Text()):
		l.Put(r.styles.Warn, kit.Ellipsis+" "+human.Bytes(uint64(r.missing))+" more were not kept")
	default:
		words := "✗ no JSON from byte " + strconv.Itoa(err.Offset) + " on: " + err.Text
		if rest > 0 {
			words += "; the last " + human.Bytes(uint64(rest)) + " are only in raw and hex"
		}
		l.Put(r.styles.Error, words)
	}
}
