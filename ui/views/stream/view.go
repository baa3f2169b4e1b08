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
	inner := kit.Rect{W: s.w, H: s.h}.Inner()
	var lines []string
	switch outage := f.Connection().DownSince; {
	case rows.Next() == rows.First():
		lines = s.emptyView(f, inner.W, inner.H)
	case outage.IsZero() || s.source.frozen || inner.H < 2:
		lines = s.rowsView(rows, inner, now)
	default:
		inner.H--
		lines = append(s.rowsView(rows, inner, now), s.outageLine(outage, inner.W))
	}
	return s.header(f).View(*s.styles, s.w, s.h, lines)
}

func (s *Pane) rowsView(rows feed.Rows, inner kit.Rect, now time.Time) []string {
	s.measureTopics(rows, inner)
	g := s.newGrid(rows, inner, now)
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
	height := uint64(max(inner.H, 0))
	from := max(s.cursor.Top(), rows.First())
	if s.cursor.Following() {
		from = max(rows.First(), rows.Next()-min(height, rows.Next()))
	}
	for pos := from; pos < min(from+height, rows.Next()); pos++ {
		if e := rows.At(pos); e != nil {
			s.topicWidth = max(s.topicWidth, kit.Width(s.topicCell(e.Topic)))
		}
	}
}
