package stream

import (
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/ui/views/columns"
	"joltui/ui/views/kit"
)

// grid is how a stream lays out its rows in one frame.
type grid struct {
	stream        *Pane
	feed          *feed.Feed // for what is drawn
	rows          feed.Rows
	now           time.Time
	width, height int
	gutter        int            // cells left of the columns
	table         *columns.Table // nil: messages are shown as they are
	// The widths of the columns, in cells; a column of width 0 is not shown.
	time, topic, data int
}

// newGrid divides the width among the columns. Where it is narrow the payload keeps enough
// to be readable; the time is left out first, then the topic.
func (s *Pane) newGrid(rows feed.Rows, inner kit.Rect, now time.Time) *grid {
	const minData = 16
	g := &grid{stream: s, rows: rows, now: now, width: inner.W, height: inner.H, gutter: kit.RowEdge, table: s.table()}
	if s.hasSigns() {
		g.gutter += signWidth
	}
	g.data = max(inner.W-g.gutter-kit.RowEdge, 0)
	take := func(column *int, width int) {
		if width > 0 && g.data-width-kit.ColumnGap >= minData {
			*column = width
			g.data -= width + kit.ColumnGap
		}
	}
	take(&g.topic, min(s.topicWidth, inner.W/4))
	take(&g.time, s.options.Times.width())
	s.shown.prepare(g.cells(), s.options.Plain, s.styles)
	return g
}

// width returns how many cells the time takes.
func (m TimeMode) width() int {
	switch m {
	case TimeAbsolute:
		return len(human.ClockLayout)
	case TimeRelative:
		return 8
	case TimeDelta:
		return 9
	default:
		return 0
	}
}

// lines returns how many lines the row at pos takes: no more than the screen has.
func (g *grid) lines(pos uint64) int {
	n := g.separator(pos)
	if !g.wraps() {
		return n + 1
	}
	e := g.rows.At(pos)
	if e.Gap != nil {
		return n + 1
	}
	return n + len(kit.Fold(g.stream.shown.of(e).Text.Text, g.data, g.height-n, kit.Width(kit.NotKept(e.Size, len(e.Data)))))
}

// wraps reports whether long payloads take several lines: never in a table.
func (g *grid) wraps() bool { return g.stream.options.Wrap && g.table == nil }

// cells returns how much of a payload a row could show.
func (g *grid) cells() int {
	if g.wraps() {
		return g.data*g.height + 1
	}
	return g.data + 1
}

// draw appends the lines of the row at pos, without the first skip of them, as
// far as the screen has room.
func (g *grid) draw(dst []string, pos uint64, skip int) []string {
	dst = g.drawSeparators(dst, pos, skip)
	skip = max(skip-g.separator(pos), 0)
	e := g.rows.At(pos)
	if e.Gap != nil {
		if len(dst) < g.height {
			dst = append(dst, g.drawGap(pos, e))
		}
		return dst
	}
	return g.drawMessage(dst, pos, e, skip)
}

func (g *grid) drawMessage(dst []string, pos uint64, e *feed.Entry, skip int) []string {
	if g.table != nil && len(dst) < g.height {
		if lines, ok := g.putTable(dst, pos, e); ok {
			return lines
		}
	}
	row, note := g.stream.shown.of(e), kit.NotKept(e.Size, len(e.Data))
	text := row.Text.Text
	ends := []int{len(text)}
	if g.wraps() {
		ends = kit.Fold(text, g.data, g.height-g.separator(pos), kit.Width(note))
	}
	p := payload{row: row, paint: g.paint(pos), runs: g.runs(pos, e, row)}
	p.hits = kit.WholeClusters(text, g.hitsIn(pos, text))
	p.keep = len(p.hits) == 0 && !g.wraps() && !g.selected(pos)
	start := 0
	for i, end := range ends {
		if i >= skip && len(dst) < g.height {
			l := g.startLine(pos, e, i == 0)
			if i < len(ends)-1 {
				g.putPayload(l, &p, text[start:end], start)
			} else {
				g.putEnd(l, &p, text[start:], start, note)
			}
			dst = append(dst, l.String())
		}
		start = end
	}
	return dst
}

// putEnd writes the last line of a payload, cut to the width. The note, which says how much
// was not kept, is always shown.
func (g *grid) putEnd(l *kit.Line, p *payload, text string, start int, note string) {
	cut, ellipsis := text, ""
	switch room := g.data - kit.Width(note); {
	case note != "":
		cut = kit.Head(text, room)
	case kit.Width(text) > room:
		cut, ellipsis = kit.Head(text, room-1), kit.Ellipsis
	}
	g.putPayload(l, p, cut, start)
	l.Put(g.stream.styles.Dim, ellipsis)
	l.Left(g.stream.styles.Dim, note, min(kit.Width(note), g.data))
}

// startLine begins a line with everything left of the payload. Further lines of a row are
// blank there.
func (g *grid) startLine(pos uint64, e *feed.Entry, first bool) *kit.Line {
	s := g.stream
	l := g.edge(pos, first)
	if !first {
		return l.Space(g.width - g.gutter - g.data - kit.RowEdge)
	}
	if g.time > 0 {
		l.Right(s.styles.Dim, g.when(pos, e), g.time).Space(kit.ColumnGap)
	}
	if g.topic > 0 {
		paint := s.styles.Accent
		if g.isDimmed(pos) {
			paint = s.styles.Dim
		}
		l.Left(paint, s.topicCell(e.Topic), g.topic).Space(kit.ColumnGap)
	}
	return l
}

func (g *grid) when(pos uint64, e *feed.Entry) string {
	switch g.stream.options.Times {
	case TimeAbsolute:
		return human.Clock(e.At)
	case TimeRelative:
		return human.Duration(g.now.Sub(e.At))
	default:
		if before := g.rows.At(pos - 1); before != nil && before.Gap == nil {
			return "+" + human.Duration(e.At.Sub(before.At))
		}
		return ""
	}
}

func (g *grid) drawGap(pos uint64, e *feed.Entry) string {
	warn := g.stream.styles.Warn
	words := g.stream.gapRow(e.Gap, g.width-g.gutter-kit.RowEdge-1)
	return g.edge(pos, true).Put(warn, words).Space(1).Fill(warn, "─", kit.RowEdge).String()
}
