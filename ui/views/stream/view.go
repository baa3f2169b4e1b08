package stream

import (
	"time"

	"joltui/internal/feed"
	"joltui/ui/views/kit"
)

// View draws the stream as of now.
func (s *Pane) View(f *feed.Feed, now time.Time) []string {
	rows := s.sync(f)
	s.nameTopics(f)
	inner := s.area()
	draw := s.rowsView
	if s.table() != nil && inner.Y > 1 {
		draw = s.tableView
	}
	var lines []string
	switch outage := f.Connection().DownSince; {
	case rows.Next() == rows.First():
		whole := kit.Rect{W: s.w, H: s.h}.Inner()
		lines = s.emptyView(f, whole.W, whole.H)
	case outage.IsZero() || s.source.frozen || inner.H < 2:
		lines = draw(f, rows, inner, now)
	default:
		inner.H--
		lines = append(draw(f, rows, inner, now), s.outageLine(outage, inner.W))
	}
	return s.header(f).View(*s.styles, s.w, s.h, lines)
}

func (s *Pane) rowsView(f *feed.Feed, rows feed.Rows, inner kit.Rect, now time.Time) []string {
	s.measureTopics(rows, inner)
	g := s.newGrid(rows, inner, now)
	g.feed = f
	g.beginTable(inner)
	s.shown.Turn()
	s.shown.flood.see(rows.Next(), max(inner.H, 1), s.cursor.Following() && !s.source.frozen, now)
	s.cursor.SetHead(g.separator)
	s.keepLine(rows, g)
	return s.cursor.DrawLines(inner.H, g.lines, func(lines []string, at uint64, skip int) []string {
		if at == s.cursor.At() {
			s.cursorLine = keptLine{at, len(lines) - skip + g.separator(at)}
		}
		return g.draw(lines, at, skip)
	})
}

// outageLine draws the last line of a live stream while there is no connection, where the
// gap will be shown later: an outage must not look like a quiet topic.
func (s *Pane) outageLine(since time.Time, w int) string {
	words := "── disconnected since " + since.Format("15:04:05") + ": what is published now is lost "
	l := kit.NewLine(w, kit.Paint{}).Space(kit.RowEdge)
	words, _ = kit.Cut(words, l.Rest()-kit.RowEdge)
	return l.Put(s.styles.Error, words).Fill(s.styles.Error, "─", kit.RowEdge).String()
}

// measureTopics widens the topic column for the rows that are about to be drawn.
func (s *Pane) measureTopics(rows feed.Rows, inner kit.Rect) {
	if !s.hasTopics() {
		s.topicWidth = 0
		return
	}
	s.topicRoom = max(min(kit.MaxTopicWidth, inner.W/4), 0)
	s.onScreen(rows, inner, func(e *feed.Entry) {
		s.topicWidth = max(s.topicWidth, kit.Width(s.topicCell(e.Topic)))
	})
}
