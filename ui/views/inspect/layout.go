package inspect

import "joltui/ui/views/kit"

// layout is a payload in rows. A row is found from its neighbour or from a byte that it
// shows, never by counting rows: those that are off the screen take no time.
type layout interface {
	// at returns the row that shows the byte at an offset of the payload, or the
	// nearest one.
	at(offset int) rowPosition
	// next returns the row after another one, and whether there is one.
	next(s rowPosition) (rowPosition, bool)
	// prev returns the row before another one, and whether there is one.
	prev(s rowPosition) (rowPosition, bool)
	// draw appends what is in a row to l.
	draw(l *kit.Line, s rowPosition)
}

// rowPosition is a row of a layout.
type rowPosition struct {
	offset int  // of the first byte that it shows; it grows from row to row
	node   int  // the node of the tree that it shows, in a tree
	closes bool // it is the end of an object or array
}

// viewport is the part of a layout that is on screen: the row under the cursor, and the
// first row on screen.
type viewport struct {
	cursor, top rowPosition
	// If the cursor is still on the row placed, it was put there for the byte at offset:
	// it then goes to the row of that byte in another layout.
	placed  rowPosition
	offset  int
	visited int // rows visited so far; tests bound it
}

// goToByte puts the cursor on the row that shows the byte at an offset.
func (r *viewport) goToByte(in layout, offset int) {
	r.cursor = in.at(offset)
	r.placed, r.offset = r.cursor, offset
}

// relocate finds the rows of the cursor and of the top of the screen again, in another
// layout or after the rows of this one have changed.
func (r *viewport) relocate(in layout) {
	offset := r.cursor.offset
	if r.cursor == r.placed {
		offset = r.offset
	}
	r.goToByte(in, offset)
	r.top = in.at(r.top.offset)
}

// move moves the cursor. page is the number of rows on screen, end the size of the payload.
func (r *viewport) move(by kit.Move, in layout, page, end int) {
	half := max(page/2, 1)
	switch by {
	case kit.Up:
		r.cursor = r.back(in, r.cursor, 1)
	case kit.Down:
		r.cursor = r.forth(in, r.cursor, 1)
	case kit.HalfUp:
		r.scroll(in, -half)
	case kit.HalfDown:
		r.scroll(in, half)
	case kit.PageUp:
		r.scroll(in, -page)
	case kit.PageDown:
		r.scroll(in, page)
	case kit.Top:
		r.cursor = in.at(0)
	case kit.Bottom:
		r.cursor = in.at(end)
	}
}

// scroll moves the cursor and the top of the screen by the same number of rows.
func (r *viewport) scroll(in layout, rows int) {
	if rows < 0 {
		r.cursor, r.top = r.back(in, r.cursor, -rows), r.back(in, r.top, -rows)
		return
	}
	r.cursor, r.top = r.forth(in, r.cursor, rows), r.forth(in, r.top, rows)
}

// settle scrolls so that the cursor is on screen, and the screen full if there are enough
// rows.
func (r *viewport) settle(in layout, page int) {
	if r.cursor.offset < r.top.offset {
		r.top = r.cursor
		return
	}
	last, rows, found := r.top, 1, r.top == r.cursor
	for rows < page {
		next, ok := in.next(last)
		if !ok {
			break
		}
		last = next
		rows++
		found = found || last == r.cursor
	}
	r.visited += rows
	switch {
	case !found:
		r.top = r.back(in, r.cursor, page-1)
	case rows < page:
		r.top = r.back(in, last, page-1)
	}
}

// distance returns how many rows of the screen are above the cursor, or -1 if the cursor
// is not on screen.
func (r *viewport) distance(in layout, page int) int {
	s := r.top
	for n := range page {
		if s == r.cursor {
			return n
		}
		s = r.forth(in, s, 1)
	}
	return -1
}

// rows returns the rows on screen.
func (r *viewport) rows(in layout, page int) []rowPosition {
	rows := make([]rowPosition, 0, page)
	for s, ok := r.top, true; ok && len(rows) < page; s, ok = in.next(s) {
		rows = append(rows, s)
	}
	r.visited += len(rows)
	return rows
}

func (r *viewport) back(in layout, s rowPosition, rows int) rowPosition {
	return r.walk(in.prev, s, rows)
}

func (r *viewport) forth(in layout, s rowPosition, rows int) rowPosition {
	return r.walk(in.next, s, rows)
}

// walk returns the row after so many steps, or after as many as there are.
func (r *viewport) walk(step func(rowPosition) (rowPosition, bool), s rowPosition, rows int) rowPosition {
	for range rows {
		other, ok := step(s)
		if !ok {
			break
		}
		s = other
		r.visited++
	}
	return s
}
