package views

import (
	"time"

	"joltui/feed"
	"joltui/printable"
)

// View draws the stream as of now.
func (s *Stream) View(f *feed.Feed, now time.Time) []string {
	rows := s.sync(f)
	inner := Rect{W: s.w, H: s.h}.Inner()
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
	panel := Panel{Note: s.note(), Focused: s.focused}
	panel.Title = s.title(f, rows, panel.titleRoom(s.w))
	return panel.View(*s.styles, s.w, s.h, lines)
}

func (s *Stream) rowsView(rows feed.Rows, inner Rect, now time.Time) []string {
	s.measureTopics(rows, inner)
	g := s.newGrid(rows, inner, now)
	s.cursor.settle(rows.First(), rows.Next(), inner.H, g.lines)
	lines := make([]string, 0, inner.H)
	at := s.cursor.top.row
	for skip := s.cursor.top.line; at < rows.Next() && len(lines) < inner.H; at++ {
		lines = g.draw(lines, at, skip)
		skip = 0
	}
	s.cursor.page = int(at - s.cursor.top.row)
	return lines
}

// outageLine ends a live stream while there is no connection, where the gap will
// be told when it is over: silence must not look like a quiet topic.
func (s *Stream) outageLine(since time.Time, w int) string {
	words := "── disconnected since " + since.Format("15:04:05") + ": what is published now is lost "
	l := NewLine(w, Paint{}).Space(rowEdge)
	words, _ = Cut(words, l.Rest()-rowEdge)
	return l.Put(s.styles.Error, words).Fill(s.styles.Error, "─", rowEdge).String()
}

// maxTopicWidth bounds the topic column, in cells.
const maxTopicWidth = 24

// measureTopics fits the topic column to what is about to be on screen.
func (s *Stream) measureTopics(rows feed.Rows, inner Rect) {
	if s.topic != "" {
		s.topicWidth = 0
		return
	}
	height := uint64(max(inner.H, 0))
	from := max(s.cursor.top.row, rows.First())
	if s.cursor.follow {
		from = max(rows.First(), rows.Next()-min(height, rows.Next()))
	}
	for pos := from; pos < min(from+height, rows.Next()); pos++ {
		if e := rows.At(pos); e != nil {
			name := printable.Prefix(e.Topic, maxTopicWidth)
			s.topicWidth = max(s.topicWidth, min(Width(name), maxTopicWidth))
		}
	}
}

// note says what the user would see if the stream were not frozen.
func (s *Stream) note() []Span {
	if !s.source.frozen {
		return nil
	}
	words := "▼ " + Count(s.source.waiting()) + " new"
	if s.source.paused {
		words = "paused " + words
	}
	return []Span{{s.styles.Warn, words}}
}

// title says what the stream shows, in at most so many cells. The filter gives
// way first.
func (s *Stream) title(f *feed.Feed, rows feed.Rows, width int) []Span {
	name, rate := "all topics", f.Rate()
	if s.topic != "" {
		name, rate = printable.Prefix(s.topic, max(width, 0)), 0
		if t := f.Topic(s.topic); t != nil {
			rate = t.Rate()
		}
	}
	spans := []Span{{s.styles.Strong, name}}
	add := func(separator string, p Paint, text string) {
		if room := width - spansWidth(spans) - Width(separator); text != "" && room > 2 {
			text, _ = Cut(text, room)
			spans = append(spans, Span{s.styles.Border, separator}, Span{p, text})
		}
	}
	add(" ─ ", s.styles.Text, Rate(rate))
	add(" ─ ", s.styles.Match, s.filterWords())
	if s.source.index != nil {
		add(" ", s.styles.Dim, s.foundWords(rows))
	}
	return spans
}

// filterWords shows the filter as it was typed, its expression between slashes.
func (s *Stream) filterWords() string {
	text := s.source.filter.String()
	if text == "" {
		return ""
	}
	if text[0] == '!' {
		return "filter !/" + printable.Prefix(text[1:], s.w) + "/"
	}
	return "filter /" + printable.Prefix(text, s.w) + "/"
}

func (s *Stream) foundWords(rows feed.Rows) string {
	words := Count(rows.Next()-rows.First()) + " of " + Count(uint64(s.source.index.Seen()))
	if s.source.more {
		words += ", searching" + Ellipsis
	}
	return words
}
