package broker

import "joltui/ui/views/kit"

// column is a part of each row of a table, so many cells wide.
type column[T any] struct {
	title string
	order string // the order that sorts by it
	width int
	right bool // numbers end at its right end
	cell  func(T) kit.Span
}

// leastFirst is what the first column keeps while others are left out for it.
const leastFirst = 16

// fit gives the first column what the others leave, or what it needs, so that an eye finds
// from its texts to the numbers. The last columns are left out where there is no room for
// all.
func fit[T any](all []column[T], w, needs int) []column[T] {
	room := func() int {
		left := w
		for _, c := range all[1:] {
			left -= c.width + kit.ColumnGap
		}
		return left
	}
	for len(all) > 1 && room() < leastFirst {
		all = all[:len(all)-1]
	}
	first := all[0]
	first.width = max(min(room(), max(needs, leastFirst)), 0)
	return append([]column[T]{first}, all[1:]...)
}

// titles names the columns, and marks the one that is sorted by.
func titles[T any](s *kit.Styles, l *kit.Line, all []column[T], order string) string {
	for i, c := range all {
		if i > 0 {
			l.Space(kit.ColumnGap)
		}
		title, paint := c.title, s.Dim
		if c.order == order {
			title, paint = title+" ↓", s.Strong
		}
		put(l, c.right, kit.Span{Paint: paint, Text: title}, c.width)
	}
	return l.String()
}

func cells[T any](l *kit.Line, all []column[T], of T) string {
	for i, c := range all {
		if i > 0 {
			l.Space(kit.ColumnGap)
		}
		put(l, c.right, c.cell(of), c.width)
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
