package inspect

import (
	"strconv"
	"strings"

	"joltui/ui/views/kit"
)

// rawRows is the layout of a payload as numbered lines. A long line takes several rows.
type rawRows struct {
	styles *kit.Styles
	text   kit.LongText
	hits   *hits
	digits int // of the last line number

	// endings is how many lines end before the offset counted: a cache, since counting
	// the lines of 4 MiB takes half a millisecond, too long for each row.
	counted, endings int
}

func newRawRows(s *kit.Styles, data string, h *hits) *rawRows {
	lines := strings.Count(data, "\n") + 1
	if strings.HasSuffix(data, "\n") {
		lines = max(lines-1, 1)
	}
	return &rawRows{
		styles: s, hits: h, digits: len(strconv.Itoa(lines)),
		text: kit.LongText{Text: data, Lines: true, Width: 1},
	}
}

// setWidth sets the width of a row in cells.
func (r *rawRows) setWidth(w int) {
	r.text.SetWidth(max(w-r.digits-kit.ColumnGap, 1))
}

func (r *rawRows) at(offset int) rowPosition { return rowPosition{offset: r.text.Row(offset).Start} }

func (r *rawRows) next(s rowPosition) (rowPosition, bool) {
	row := r.text.Row(s.offset)
	if row.End >= len(r.text.Text) {
		return s, false
	}
	return rowPosition{offset: row.End}, true
}

func (r *rawRows) prev(s rowPosition) (rowPosition, bool) {
	if s.offset == 0 {
		return s, false
	}
	return r.at(s.offset - 1), true
}

func (r *rawRows) draw(l *kit.Line, s rowPosition) {
	row := r.text.Row(s.offset)
	number := ""
	if s.offset == 0 || r.text.Text[s.offset-1] == '\n' {
		number = strconv.Itoa(r.line(s.offset))
	}
	l.Right(r.styles.Dim, number, r.digits).Space(kit.ColumnGap)
	r.hits.putRow(l, r.styles, r.styles.Text, &row, 0)
}

// line returns the number of the line at an offset, from 1.
func (r *rawRows) line(offset int) int {
	if text := r.text.Text; offset >= r.counted {
		r.endings += strings.Count(text[r.counted:offset], "\n")
	} else {
		r.endings -= strings.Count(text[offset:r.counted], "\n")
	}
	r.counted = offset
	return r.endings + 1
}
