package views

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/feed"
	"joltui/printable"
)

// Log shows the ledger: a row for each request with its outcome and latency,
// and for whatever else happened to the connection. The newest row is at the
// bottom, and stays in view until the user scrolls up.
type Log struct {
	styles  *Styles
	keys    MoveKeys
	hints   HintKeys
	w, h    int
	focused bool
	cursor  cursor
	seen    uint64 // the end of the log when the user scrolled up
	// topicWidth only grows, so that columns do not jump as rows go by.
	topicWidth int
}

// NewLog returns a log that follows its newest row.
func NewLog(s *Styles, k MoveKeys) *Log {
	return &Log{styles: s, keys: k, cursor: cursor{follow: true}}
}

// SetSize sets the outer size in cells.
func (v *Log) SetSize(w, h int) { v.w, v.h = w, h }

// SetFocus says whether keys come here.
func (v *Log) SetFocus(on bool) { v.focused = on }

// SetHintKeys sets the keys that advice names.
func (v *Log) SetHintKeys(k HintKeys) { v.hints = k }

// ShortHelp lists the keys that matter most here.
func (v *Log) ShortHelp() []key.Binding { return []key.Binding{v.keys.Top, v.keys.Bottom} }

// Update moves the cursor.
func (v *Log) Update(msg tea.KeyMsg, f *feed.Feed) Intent {
	log := f.Log()
	following := v.cursor.follow
	if following && log.Next() > log.First() {
		v.cursor.pos = log.Next() - 1
	}
	v.cursor.move(v.keys, msg, log.First(), log.Next())
	v.left(following, log)
	return nil
}

// left notes where the log ended when the user left its end.
func (v *Log) left(following bool, log *feed.Log) {
	if following && !v.cursor.follow {
		v.seen = log.Next()
	}
}

// View draws the log.
func (v *Log) View(f *feed.Feed, _ time.Time) []string {
	log := f.Log()
	inner := Rect{W: v.w, H: v.h}.Inner()
	v.cursor.page = inner.H
	v.cursor.settle(log.First(), log.Next(), inner.H, oneLine)
	last := min(v.cursor.top.row+uint64(inner.H), log.Next())
	v.measureTopics(log, last)
	lines := make([]string, 0, inner.H)
	for pos := v.cursor.top.row; pos < last; pos++ {
		lines = append(lines, v.line(f, log.At(pos), inner.W, v.focused && pos == v.cursor.pos))
	}
	panel := Panel{Title: []Span{{v.styles.Strong, "Log"}}, Note: v.note(log), Focused: v.focused}
	return panel.View(*v.styles, v.w, v.h, lines)
}

// note says what the user would see at the end.
func (v *Log) note(log *feed.Log) []Span {
	if v.cursor.follow {
		return nil
	}
	return []Span{{v.styles.Warn, "▼ " + Count(log.Next()-v.seen) + " new"}}
}

// measureTopics fits the topic column to what is on screen.
func (v *Log) measureTopics(log *feed.Log, last uint64) {
	for pos := v.cursor.top.row; pos < last; pos++ {
		if row := log.At(pos); row.Kind == feed.RowRequest {
			v.topicWidth = max(v.topicWidth, min(Width(about(row, maxTopicWidth)), maxTopicWidth))
		}
	}
}

// about is what a request is about: a topic, or the user of a login.
func about(row *feed.Row, cells int) string {
	if row.Request.User != "" {
		return printable.Prefix(row.Request.User, cells)
	}
	return printable.Prefix(row.Request.Topic, cells)
}

func (v *Log) line(f *feed.Feed, row *feed.Row, w int, selected bool) string {
	l := NewLine(w, Paint{})
	if selected {
		l = NewLine(w, v.styles.Selected)
		l.Put(v.styles.Accent, "▸")
	} else {
		l.Space(rowEdge)
	}
	l.Put(v.styles.Dim, Clock(row.At)).Space(columnGap)
	if row.Kind != feed.RowRequest {
		for _, span := range v.eventWords(f, row, max(w, 0)) {
			words, _ := Cut(span.Text, l.Rest()-rowEdge)
			l.Put(span.Paint, words)
		}
		return l.String()
	}
	v.putRequest(l, row)
	return l.String()
}

// putRequest puts the columns of a request. The latency gives way where the
// row is too short for it and what the broker said.
func (v *Log) putRequest(l *Line, row *feed.Row) {
	const opWidth, outcomeWidth, roomForBoth = 5, 11, 80
	topic := min(v.topicWidth, l.width/4)
	l.Left(v.styles.Text, row.Request.Op.String(), opWidth).Space(1)
	l.Left(v.styles.Accent, about(row, topic+1), topic).Space(columnGap)
	latency := ""
	if row.Latency > 0 {
		latency = Duration(row.Latency)
	}
	words, paint := v.outcome(row, max(l.Rest(), 0))
	room := l.Rest() - rowEdge
	if rest := room - columnGap - Width(latency); Width(words) <= rest || l.width >= roomForBoth {
		words, _ = Cut(words, rest)
		l.Left(paint, words, max(Width(words), min(outcomeWidth, rest))).Space(columnGap).Put(v.styles.Dim, latency)
		return
	}
	words, _ = Cut(words, room)
	l.Put(paint, words)
}
