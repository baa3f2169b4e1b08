package kit

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"joltui/internal/human"
)

// Ellipsis ends text that was cut.
const Ellipsis = "…"

// Line builds one row of exactly the given width. Text must be printable; what
// does not fit is cut with an ellipsis, what is left over stays blank.
type Line struct {
	b     strings.Builder
	Width int // in cells
	Used  int // of them
	under Paint
}

// NewLine starts a row of width cells on top of the paint under, whose
// background shows through the row's own paints.
func NewLine(width int, under Paint) *Line {
	const paints = 64 // bytes that the paints of a usual row take
	l := &Line{Width: max(width, 0), under: under}
	l.b.Grow(l.Width + paints)
	l.b.WriteString(under.Open)
	return l
}

// Rest returns how many cells are left.
func (l *Line) Rest() int { return l.Width - l.Used }

// Put appends text, cut to the cells that are left.
func (l *Line) Put(p Paint, text string) *Line {
	text, cells := Cut(text, l.Rest())
	return l.Write(p, text, cells)
}

// Space appends n blank cells.
func (l *Line) Space(n int) *Line {
	n = max(min(n, l.Rest()), 0)
	l.Used += n
	for ; n > 0; n-- {
		l.b.WriteByte(' ')
	}
	return l
}

// Left appends text as a column of width cells, padded on the right.
func (l *Line) Left(p Paint, text string, width int) *Line {
	width = min(width, l.Rest())
	text, cells := Cut(text, width)
	return l.Write(p, text, cells).Space(width - cells)
}

// Right appends text as a column of width cells, padded on the left.
func (l *Line) Right(p Paint, text string, width int) *Line {
	width = min(width, l.Rest())
	text, cells := Cut(text, width)
	return l.Space(width-cells).Write(p, text, cells)
}

// Fill repeats text, which must be one cell wide, until only keep cells are left.
func (l *Line) Fill(p Paint, text string, keep int) *Line {
	n := l.Rest() - keep
	if n <= 0 {
		return l
	}
	return l.Write(p, strings.Repeat(text, n), n)
}

// String pads the row to its width and ends it.
func (l *Line) String() string {
	l.Space(l.Rest())
	l.b.WriteString(l.under.close)
	return l.b.String()
}

// Write appends text that takes so many cells. Unlike Put it neither measures nor cuts:
// the caller must have done so.
func (l *Line) Write(p Paint, text string, cells int) *Line {
	if p.Open == "" || text == "" {
		l.b.WriteString(text)
	} else {
		l.b.WriteString(p.Open)
		l.b.WriteString(text)
		l.b.WriteString(p.close)
		l.b.WriteString(l.under.Open)
	}
	l.Used += cells
	return l
}

// Cut shortens printable text to at most width cells, and returns it with its width. If
// something was cut, the last cell is an ellipsis.
func Cut(text string, width int) (string, int) {
	if width <= 0 {
		return "", 0
	}
	cells := Width(text)
	if cells <= width {
		return text, cells
	}
	text = Head(text, width-1)
	return text + Ellipsis, Width(text) + 1
}

// Head returns as much of the beginning of printable text as fits in so many cells.
func Head(text string, cells int) string {
	switch cells = max(cells, 0); {
	case !isPlain(text):
		return ansi.Truncate(text, cells, "")
	case cells < len(text):
		return text[:cells]
	default:
		return text
	}
}

// Width returns how many cells printable text takes.
func Width(text string) int {
	if isPlain(text) {
		return len(text)
	}
	return ansi.StringWidth(text)
}

// isPlain reports whether each byte of text takes one cell, as in most payloads. To go
// through text by grapheme clusters takes twenty times as long.
func isPlain(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= 0x80 || text[i] < 0x20 {
			return false
		}
	}
	return true
}

// The blank cells in a row.
const (
	ColumnGap = 2 // between two columns
	RowEdge   = 1 // between each end of a row and the border
)

// MaxTopicWidth bounds the topic column, in cells.
const MaxTopicWidth = 24

// NotKept says how much of a payload of size bytes is missing when only kept bytes of it
// are held. It is empty when nothing is.
func NotKept(size, kept int) string {
	if size <= kept {
		return ""
	}
	return Ellipsis + " " + human.Bytes(uint64(size-kept)) + " not kept"
}

// HelpKeyWidth is the usual width of a column of keys, in cells.
const HelpKeyWidth = 11
