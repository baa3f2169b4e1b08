package table

import "joltui/ui/views/kit"

// Column is a part of each row of a table, so many cells wide.
type Column[T any] struct {
	Title string
	Order string // the order that sorts by it; see [Order]
	Width int
	Right bool // numbers end at its right end
	Cell  func(T) kit.Span
}

// leastFirst is what the first column keeps while others are left out for it.
const leastFirst = 16

// Fit gives the first column what the others leave of w cells, or what it needs, so that an
// eye finds from its texts to the numbers. The last columns are left out where there is no
// room for all.
func Fit[T any](all []Column[T], w, needs int) []Column[T] {
	room := func() int {
		left := w
		for _, c := range all[1:] {
			left -= c.Width + kit.ColumnGap
		}
		return left
	}
	for len(all) > 1 && room() < leastFirst {
		all = all[:len(all)-1]
	}
	first := all[0]
	first.Width = max(min(room(), max(needs, leastFirst)), 0)
	return append([]Column[T]{first}, all[1:]...)
}

// Titles puts the names of the columns into a line, and marks the one that is sorted by.
func Titles[T any](s *kit.Styles, l *kit.Line, all []Column[T], order string) string {
	for i, c := range all {
		if i > 0 {
			l.Space(kit.ColumnGap)
		}
		title, paint := c.Title, s.Dim
		if c.Order == order {
			title, paint = title+" ↓", s.Strong
		}
		put(l, c.Right, kit.Span{Paint: paint, Text: title}, c.Width)
	}
	return l.String()
}

// Cells puts the cells of one thing into a line.
func Cells[T any](l *kit.Line, all []Column[T], of T) string {
	for i, c := range all {
		if i > 0 {
			l.Space(kit.ColumnGap)
		}
		put(l, c.Right, c.Cell(of), c.Width)
	}
	return l.String()
}

func put(l *kit.Line, right bool, span kit.Span, width int) {
	if right {
		l.Right(span.Paint, span.Text, width)
	} else {
		l.Left(span.Paint, span.Text, width)
	}
}
