package kit

import (
	"sort"
	"strings"
	"unicode/utf8"

	"joltui/internal/printable"
)

// LongText breaks a text of any length into rows. It lays out only the segment that is
// asked for. Where segments begin depends on text and width alone, so that the rows are
// the same whether one scrolls to them or jumps there.
type LongText struct {
	Text  string
	Width int  // of a row in cells, at least 1; see SetWidth
	Lines bool // line feeds end rows, and tabs go to tab stops
	JSON  bool // it is a string of JSON, whose escapes are shown as what they stand for

	last     *segment         // the latest one that was asked for
	segments map[int]*segment // a cache, by where they begin
	Laid     int              // bytes laid out so far; tests bound it
}

// segment is a part of a text in rows.
type segment struct {
	from, to int
	rows     []TextRow
}

// TextRow is a row of a text. The rows of a text follow one another without a
// gap: a line feed belongs to the row that it ends.
type TextRow struct {
	Start, End int    // offsets in the text
	Shown      string // printable
	// source has, for each byte of Shown, the offset in the line of the text that it
	// shows; nil where each byte shows itself.
	source []int
	line   int // where the line begins in the text
}

// SegmentSize is about how many bytes of a text are laid out at a time: no more than a
// screen has room for, and 0.1 ms of work.
const SegmentSize = 4096

// maxSegments bounds the cache of segments. A screen of letters with many marks takes ten
// of them, each 0.4 ms of work, and each frame goes through them three times.
const maxSegments = 32

// SetWidth sets the width of a row in cells.
func (t *LongText) SetWidth(w int) {
	if w != t.Width {
		t.Width, t.last, t.segments = w, nil, nil
	}
}

// Row returns the row that shows the byte at offset, or the last one.
func (t *LongText) Row(offset int) TextRow {
	offset = max(min(offset, len(t.Text)-1), 0)
	if t.last == nil || offset < t.last.from || offset >= t.last.to {
		t.last = t.segment(t.borders(offset))
	}
	rows := t.last.rows
	i := sort.Search(len(rows), func(i int) bool { return rows[i].Start > offset })
	return rows[max(i-1, 0)]
}

// segment returns a segment, laid out.
func (t *LongText) segment(from, to int) *segment {
	if s := t.segments[from]; s != nil {
		return s
	}
	if t.segments == nil || len(t.segments) == maxSegments {
		t.segments = make(map[int]*segment)
	}
	s := &segment{from: from, to: to}
	t.layOut(s)
	t.segments[from] = s
	return s
}

// borders returns where the segment around an offset begins and ends.
func (t *LongText) borders(offset int) (from, to int) {
	size := max(SegmentSize/t.Width, 1) * t.Width // so that rows of ASCII are full
	k := offset / size
	from = t.border(k*size, size)
	to = t.border((k+1)*size, size)
	switch {
	case from > offset:
		return t.border((k-1)*size, size), from
	case to <= offset:
		return to, t.border((k+2)*size, size)
	default:
		return from, to
	}
}

// border moves offset, a multiple of size, to where a segment can begin without breaking
// a line, a character or an escape.
func (t *LongText) border(offset, size int) int {
	at := t.breakAt(offset, size)
	if t.JSON {
		at = printable.EscapeEnd(t.Text, at)
	}
	return at
}

// breakAt is border for what has no escapes.
func (t *LongText) breakAt(offset, size int) int {
	if offset <= 0 || offset >= len(t.Text) {
		return max(min(offset, len(t.Text)), 0)
	}
	if t.Lines {
		if n := strings.LastIndexByte(t.Text[offset-size:offset], '\n'); n >= 0 {
			return offset - size + n + 1
		}
	}
	// An ASCII character begins a grapheme cluster. Where none is near, a segment may
	// begin within a cluster, and its first row with half of one.
	const near = 32
	for i := offset; i < min(offset+near, len(t.Text)); i++ {
		if t.Text[i] < utf8.RuneSelf {
			return i
		}
	}
	for offset < len(t.Text) && !utf8.RuneStart(t.Text[offset]) {
		offset++
	}
	return offset
}

func (t *LongText) layOut(s *segment) {
	from, to := s.from, s.to
	t.Laid += to - from
	for from < to || len(s.rows) == 0 {
		line, next := t.Text[from:to], to
		if n := strings.IndexByte(line, '\n'); t.Lines && n >= 0 {
			line, next = strings.TrimSuffix(line[:n], "\r"), from+n+1
		}
		t.layOutLine(s, line, from, next)
		from = next
	}
}

func (t *LongText) layOutLine(s *segment, line string, from, next int) {
	shown, source := t.show(line)
	start, lineStart := 0, from
	add := func(end, to int) {
		row := TextRow{Start: from, End: to, Shown: shown[start:end], line: lineStart}
		if source != nil {
			row.source = source[start:end]
		}
		s.rows = append(s.rows, row)
		start, from = end, to
	}
	cells := 0
	for i := 0; i < len(shown); {
		n, w := unit(shown[i:], source, i)
		if cells > 0 && cells+w > t.Width {
			to := lineStart + i
			if source != nil {
				to = lineStart + source[i]
			}
			add(i, to)
			cells = 0
		}
		cells += w
		i += n
	}
	add(len(shown), next)
}

// unit returns how many bytes and cells at the beginning of shown must stay on one row: a
// grapheme cluster, or an escape. shown begins at offset in the text that source is for.
func unit(shown string, source []int, offset int) (size, cells int) {
	size, cells = cluster(shown)
	if source == nil {
		return size, cells
	}
	source = source[offset:]
	for size < len(shown) && source[size] == source[size-1] {
		n, w := cluster(shown[size:])
		size, cells = size+n, cells+w
	}
	return size, cells
}

// show makes a line printable, with its tabs as spaces if Lines is set. source is as in
// [TextRow].
func (t *LongText) show(line string) (shown string, source []int) {
	switch {
	case t.JSON:
		return printable.MapJSON(line)
	case !t.Lines || strings.IndexByte(line, '\t') < 0:
		return printable.Map(line)
	}
	var b strings.Builder
	column, offset := 0, 0
	for part := range strings.SplitSeq(line, "\t") {
		if offset > 0 {
			const tabStop = 4
			for n := tabStop - column%tabStop; n > 0; n-- {
				b.WriteByte(' ')
				source = append(source, offset-1)
				column++
			}
		}
		text, from := printable.Map(part)
		for i := range len(text) {
			at := i
			if from != nil {
				at = from[i]
			}
			source = append(source, offset+at)
		}
		b.WriteString(text)
		column += Width(text)
		offset += len(part) + 1
	}
	return b.String(), source
}

// Find returns the offset in Shown of what shows the byte at an offset of the text.
func (r *TextRow) Find(offset int) int {
	if r.source == nil {
		return max(min(offset-r.Start, len(r.Shown)), 0)
	}
	return sort.SearchInts(r.source, offset-r.line)
}
