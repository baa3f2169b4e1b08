package inspect

import (
	"fmt"

	"joltui/ui/views/kit"
)

// hexRows is the layout of a payload as bytes: offset, hexadecimal digits, ASCII text.
type hexRows struct {
	styles *kit.Styles
	data   string
	hits   *hits
	perRow int
	digits int // of an offset
}

func newHexRows(s *kit.Styles, data string, h *hits) *hexRows {
	return &hexRows{styles: s, data: data, hits: h, perRow: 16, digits: max(len(fmt.Sprintf("%x", len(data))), 4)}
}

// setWidth sets the width of a row in cells: it has room for sixteen bytes, eight, or at
// least four.
func (r *hexRows) setWidth(w int) {
	for r.perRow = 16; r.perRow > 4 && r.width(r.perRow) > w; {
		r.perRow /= 2
	}
}

// width returns how many cells a row of so many bytes takes.
func (r *hexRows) width(bytes int) int {
	gaps := 1 + bytes/16
	return r.digits + kit.ColumnGap + bytes*3 + gaps + bytes
}

func (r *hexRows) at(offset int) rowPosition {
	offset = max(min(offset, len(r.data)-1), 0)
	return rowPosition{offset: offset - offset%r.perRow}
}

func (r *hexRows) next(s rowPosition) (rowPosition, bool) {
	if s.offset+r.perRow >= len(r.data) {
		return s, false
	}
	return rowPosition{offset: s.offset + r.perRow}, true
}

func (r *hexRows) prev(s rowPosition) (rowPosition, bool) {
	if s.offset == 0 {
		return s, false
	}
	return rowPosition{offset: s.offset - r.perRow}, true
}

func (r *hexRows) draw(l *kit.Line, s rowPosition) {
	const hex = "0123456789abcdef"
	st := r.styles
	l.Put(st.Dim, fmt.Sprintf("%0*x", r.digits, s.offset)).Space(kit.ColumnGap)
	row := r.data[s.offset:min(s.offset+r.perRow, len(r.data))]
	for i := range r.perRow {
		if i > 0 && i%8 == 0 {
			l.Space(1)
		}
		if i < len(row) {
			c := row[i]
			l.Put(r.paint(s.offset+i, st.Text), string([]byte{hex[c>>4], hex[c&0xf]})).Space(1)
		} else {
			l.Space(3)
		}
	}
	l.Space(1)
	for i, c := range []byte(row) {
		if c < ' ' || c > '~' {
			l.Put(r.paint(s.offset+i, st.Dim), "·")
		} else {
			l.Put(r.paint(s.offset+i, st.Text), string(rune(c)))
		}
	}
}

// paint returns the paint of the byte at an offset: otherwise, unless it is part of a hit.
func (r *hexRows) paint(offset int, otherwise kit.Paint) kit.Paint {
	switch {
	case r.hits.current(offset, offset+1) != nil:
		return r.styles.Hit
	case len(r.hits.within(offset, offset+1)) > 0:
		return r.styles.Match
	default:
		return otherwise
	}
}
