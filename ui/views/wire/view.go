package wire

import (
	"strings"
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/trace"
	"joltui/ui/views/kit"
)

// The columns of the wire: the format of the time, and widths in cells.
const (
	wireClock      = "15:04:05.000000"
	wireSizeWidth  = 7
	wireAboutMost  = 44
	wireTextLeast  = 16 // with less room the text is left out
	wireFixedWidth = kit.RowEdge + len(wireClock) + kit.ColumnGap + 1 + kit.ColumnGap + wireSizeWidth + kit.ColumnGap
)

// View draws the lines, or the one that is shown whole.
func (v *Page) View(*feed.Feed, time.Time) []string {
	if v.whole.line != nil {
		return v.viewWhole()
	}
	v.sync()
	inner := kit.Rect{W: v.w, H: v.h}.Inner()
	panel := kit.Panel{Note: v.note(), Focused: true}
	panel.Title = v.title(panel.TitleRoom(v.w))
	return panel.View(*v.styles, v.w, v.h, v.lines(inner))
}

func (v *Page) lines(inner kit.Rect) []string {
	first, next := v.rows.first(), v.rows.next()
	if first == next {
		l := kit.NewLine(inner.W, kit.Paint{}).Space(kit.RowEdge).Put(v.styles.Dim, v.emptyWords())
		return []string{l.String()}
	}
	v.measure(inner)
	lines := func(row uint64) int { return len(v.fold(v.rows.at(row), inner)) }
	return v.cursor.DrawLines(inner.H, lines, func(dst []string, row uint64, skip int) []string {
		return v.draw(dst, row, skip, inner)
	})
}

func (v *Page) emptyWords() string {
	if all := v.rows.lines.Next() - v.rows.lines.First(); all > 0 {
		return "none of " + human.Counted(all, "line") + " is to be shown"
	}
	return "nothing has gone over the connection yet"
}

// measure widens the column of meanings for the lines that are about to be drawn.
func (v *Page) measure(inner kit.Rect) {
	height := uint64(max(inner.H, 0))
	from := max(v.cursor.Top(), v.rows.first())
	if v.cursor.Following() {
		from = max(v.rows.first(), v.rows.next()-min(height, v.rows.next()))
	}
	for row := from; row < min(from+height, v.rows.next()); row++ {
		if line := v.rows.at(row); line.LeftOut == 0 {
			words, _ := wireWords(v.styles, line, wireAboutMost)
			v.about = max(v.about, min(kit.Width(words), wireAboutMost))
		}
	}
}

// aboutWidth returns the width of the column of meanings, which leaves the greater part of
// the row to the text where there is room for that.
func (v *Page) aboutWidth(inner kit.Rect) int {
	const share, of = 2, 5
	room := max(inner.W-wireFixedWidth-kit.RowEdge, 0)
	if room*(of-share)/of < wireTextLeast {
		return min(v.about, room)
	}
	return min(v.about, room*share/of)
}

// textWidth returns the width of the column of the text, or 0 if there is too little room.
func (v *Page) textWidth(inner kit.Rect) int {
	room := inner.W - wireFixedWidth - kit.RowEdge - v.aboutWidth(inner) - kit.ColumnGap
	if room < wireTextLeast {
		return 0
	}
	return room
}

// text returns as much of a line as its row could show, printable.
func (v *Page) text(line *trace.Line, inner kit.Rect) string {
	cells := v.textWidth(inner)
	if v.wrap {
		cells *= inner.H
	}
	return printable.Prefix(line.Text, cells+1)
}

// fold returns where the lines of a row end in its text.
func (v *Page) fold(line *trace.Line, inner kit.Rect) []int {
	width := v.textWidth(inner)
	if !v.wrap || width == 0 || line.LeftOut > 0 {
		return []int{0}
	}
	return kit.Fold(v.text(line, inner), width, inner.H, 0)
}

// draw appends the lines of a row, without the first skip of them, as far as the
// screen has room.
func (v *Page) draw(dst []string, row uint64, skip int, inner kit.Rect) []string {
	line := v.rows.at(row)
	if line.LeftOut > 0 {
		return append(dst, v.drawLeftOut(row, line, inner.W))
	}
	text, ends := v.text(line, inner), v.fold(line, inner)
	ends[len(ends)-1] = len(text)
	hits := kit.WholeClusters(text, v.rows.filter.Find(text))
	start := 0
	for i, end := range ends {
		if i >= skip && len(dst) < inner.H {
			dst = append(dst, v.drawLine(row, line, i == 0, text[start:end], start, hits, inner))
		}
		start = end
	}
	return dst
}

// drawLine draws one line of a row. part is what it shows of the text, and begins at start
// there; hits are pairs of offsets in the text.
func (v *Page) drawLine(row uint64, line *trace.Line, first bool, part string, start int, hits [][]int, inner kit.Rect) string {
	l := v.edge(row, first, inner.W)
	if first {
		v.putAbout(l, line, v.aboutWidth(inner))
	} else {
		l.Space(wireFixedWidth - kit.RowEdge + v.aboutWidth(inner))
	}
	width := v.textWidth(inner)
	if width == 0 {
		return l.String()
	}
	l.Space(kit.ColumnGap)
	shown, ellipsis := part, ""
	if kit.Width(part) > width {
		shown, ellipsis = kit.Head(part, width-1), kit.Ellipsis
	}
	l.PutHits(v.styles.Text, v.styles.Match, shown, start, hits)
	return l.Put(v.styles.Dim, ellipsis).String()
}

// putAbout writes everything left of the text: time, direction, size and meaning.
func (v *Page) putAbout(l *kit.Line, line *trace.Line, width int) {
	s := v.styles
	l.Put(s.Dim, line.At.Format(wireClock)).Space(kit.ColumnGap)
	l.Put(arrow(s, line)).Space(kit.ColumnGap)
	l.Right(s.Dim, human.Bytes(uint64(line.Size)), wireSizeWidth).Space(kit.ColumnGap)
	words, paint := wireWords(s, line, width)
	l.Left(paint, words, width)
}

// edge begins a line, with the cursor sign if the cursor is on its row.
func (v *Page) edge(row uint64, first bool, w int) *kit.Line {
	if !first {
		return kit.ContinueRow(v.styles, w, row == v.cursor.At())
	}
	return kit.StartRow(v.styles, w, row == v.cursor.At())
}

func (v *Page) drawLeftOut(row uint64, line *trace.Line, w int) string {
	words, _ := kit.Cut("── "+human.Counted(line.LeftOut, "message")+" left out ", w-2*kit.RowEdge)
	return v.edge(row, true, w).Put(v.styles.Warn, words).Fill(v.styles.Dim, "─", kit.RowEdge).String()
}

// title says which lines are shown, in at most width cells.
func (v *Page) title(width int) []kit.Span {
	t := wireTitle{separator: v.styles.Border, width: width}
	t.add(v.styles.Strong, "Wire")
	t.add(v.styles.Text, v.rows.direction.String())
	if text := v.FilterText(); text != "" {
		t.add(v.styles.Match, wireFilterWords(printable.Prefix(text, max(v.w, 0))))
		lines := &v.rows.lines
		t.add(v.styles.Dim, human.Count(uint64(len(v.rows.hits)))+" of "+human.Count(lines.Next()-lines.First()))
		if n := len(v.rows.kept.all); n > 0 {
			t.add(v.styles.Dim, human.Count(uint64(n))+" kept")
		}
	}
	return t.spans
}

// wireTitle builds a title of several parts, as far as there is room for them.
type wireTitle struct {
	spans     []kit.Span
	separator kit.Paint
	width     int
}

func (t *wireTitle) add(p kit.Paint, text string) {
	separator := ""
	if len(t.spans) > 0 {
		separator = " ─ "
	}
	if room := t.width - kit.SpansWidth(t.spans) - kit.Width(separator); room > 2 {
		text, _ = kit.Cut(text, room)
		t.spans = append(t.spans, t.separator.Span(separator), p.Span(text))
	}
}

// wireFilterWords shows a filter as it was typed, its expression between slashes.
func wireFilterWords(text string) string {
	if expression, inverse := strings.CutPrefix(text, "!"); inverse {
		return "filter !/" + expression + "/"
	}
	return "filter /" + text + "/"
}

// note says how many lines have come since the page was frozen; while it is not, since when
// messages are among the lines.
func (v *Page) note() []kit.Span {
	if v.frozen() {
		now := v.wire.Lines()
		words := "▼ " + human.Count(now.Next()-v.rows.lines.Next()) + " new"
		if v.paused {
			words = "paused " + words
		}
		return []kit.Span{v.styles.Warn.Span(words)}
	}
	if since := v.rows.lines.Since; !since.IsZero() {
		return []kit.Span{v.styles.Dim.Span("messages since " + since.Format("15:04:05"))}
	}
	return nil
}
