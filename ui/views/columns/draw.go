package columns

import (
	"fmt"

	"joltui/internal/fields"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// title returns the heading of a column, printable.
func (v *View) title(i int) string {
	return printable.Prefix(v.columns[i].Title(), maxCell)
}

// PutTitles writes the headings. sorted is the column by which the rows are sorted, from 0, or
// -1; sign stands behind its heading.
func (v *View) PutTitles(l *kit.Line, s *kit.Styles, sorted int, sign string) {
	for i := range v.drawn {
		w := &v.widths[i]
		if i > 0 {
			l.Space(kit.ColumnGap)
		}
		text, paint := v.title(i), s.Strong
		if i == sorted {
			text, paint = text+sign, s.Accent
		}
		if w.numeric() {
			l.Right(paint, text, w.cells())
		} else {
			l.Left(paint, text, w.cells())
		}
	}
	switch more := len(v.columns) - v.drawn; {
	case v.rest > 0:
		l.Space(kit.ColumnGap).Put(s.Dim, kit.Ellipsis)
	case more > 0:
		l.Space(kit.ColumnGap).Put(s.Dim, fmt.Sprintf("+%d", more))
	}
}

// numeric reports whether the column has only had numbers.
func (w *width) numeric() bool { return !w.words && w.whole+w.point > 0 }

// Put writes the row of a message, if it is an object; else it writes nothing and returns
// false. dim says that all of it matters less.
func (v *View) Put(l *kit.Line, s *kit.Styles, number uint64, data string, dim bool) bool {
	r := v.row(number, data)
	if !r.object {
		return false
	}
	all := r.paints[len(r.paints)-1]
	for i := range v.drawn {
		if i > 0 {
			l.Space(kit.ColumnGap)
		}
		paint := valuePaint(s, r.cells[i].kind)
		switch rule := max(r.paints[i], 0); {
		case dim:
			paint = s.Dim
		case rule > 0:
			paint = v.table.Rules[rule-1].paint(s)
		case all > 0:
			paint = v.table.Rules[all-1].paint(s)
		}
		v.putCell(l, s, paint, &r.cells[i], &v.widths[i], r.text.Ending == fields.Cut)
	}
	if v.rest > 0 {
		l.Space(kit.ColumnGap)
		text, cells := kit.Cut(r.rest(v.numbers, v.rest), min(v.rest, l.Rest()))
		l.Write(s.Quiet, text, cells)
	}
	return true
}

// valuePaint returns the paint of a value: strings are as text is, since a table is mostly
// made of them.
func valuePaint(s *kit.Styles, kind fields.Kind) kit.Paint {
	switch kind {
	case fields.Number:
		return s.Number
	case fields.Literal:
		return s.Literal
	case fields.String:
		return s.Text
	default:
		return s.Quiet
	}
}

// putCell writes a value. Where the payload was not read to its end, one that is not there
// may yet come.
func (v *View) putCell(l *kit.Line, s *kit.Styles, paint kit.Paint, c *cell, w *width, unread bool) {
	cells := w.cells()
	switch {
	case c.none && unread:
		l.Left(s.Dim, kit.Ellipsis, cells)
	case c.none:
		l.Space(cells)
	case c.kind == fields.Number && w.numeric() && w.whole+w.point <= maxCell:
		behind := w.point - c.point
		l.Right(paint, c.text, cells-behind).Space(behind)
	case w.numeric():
		l.Right(paint, c.text, cells)
	default:
		l.Left(paint, c.text, cells)
	}
}
