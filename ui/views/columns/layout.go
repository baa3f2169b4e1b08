package columns

import (
	"joltui/internal/fields"
	"joltui/ui/views/kit"
)

// leastRest is how many cells the rest of a message has to have to be of use.
const leastRest = 12

// View is a table as one pane draws it. Its columns only grow while rows come, so that they
// stay where they are; they are as narrow as can be again when the columns change, or the
// table is turned off and on.
type View struct {
	table   *Table
	changed int
	columns []Column
	widths  []width
	numbers map[uint64]bool // the paths of the columns that are drawn
	rows    kit.Recent[row]
	drawn   int // how many columns there is room for
	rest    int // cells of the rest; 0 if there are too few
}

// width is how wide a column is.
type width struct {
	text         int
	whole, point int  // of its numbers
	words        bool // it has had a string, so that nothing is aligned at a point
}

// cells returns the width of the column in cells.
func (w *width) cells() int { return min(max(w.text, w.whole+w.point), maxCell) }

// Begin begins a frame with a table, whose columns have so many cells together. of is called
// with the messages that are about to be drawn, from the first one on: the columns grow for
// them now, before the first one is drawn.
func (v *View) Begin(t *Table, cells int, messages func(measure func(number uint64, data string))) {
	if v.table != t || v.changed != t.changed {
		*v = View{table: t, changed: t.changed, columns: t.Shown()}
		v.widths = make([]width, len(v.columns))
		for i := range v.columns {
			v.widths[i].text = min(kit.Width(v.title(i)), maxCell*2/3)
		}
	}
	v.rows.Turn()
	messages(func(number uint64, data string) { v.grow(v.row(number, data)) })
	v.divide(cells)
}

// row returns what a message shows.
func (v *View) row(number uint64, data string) *row {
	r, fresh := v.rows.Get(number)
	if fresh {
		r.read(data, v.columns, v.table.Rules)
	}
	return r
}

// grow widens the columns for a row.
func (v *View) grow(r *row) {
	for i := range r.cells {
		c, w := &r.cells[i], &v.widths[i]
		switch {
		case c.none:
		case c.kind == fields.Number:
			w.whole, w.point = max(w.whole, c.whole), max(w.point, c.point)
		default:
			w.text = max(w.text, min(kit.Width(c.text), maxCell))
			w.words = w.words || c.kind != fields.Literal
		}
	}
}

// divide finds out how many columns there is room for. The rest of the message has what is
// left.
func (v *View) divide(cells int) {
	left := cells
	v.drawn, v.rest, v.numbers = 0, 0, make(map[uint64]bool, len(v.columns))
	for i := range v.columns {
		need := v.widths[i].cells()
		if i > 0 {
			need += kit.ColumnGap
		}
		if need > left {
			break
		}
		left -= need
		v.drawn++
		v.numbers[v.columns[i].number] = true
	}
	if left -= kit.ColumnGap; left >= leastRest {
		v.rest = left
	}
}
