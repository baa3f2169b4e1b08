package views

import (
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
)

// Log shows the ledger: a row for each request with its outcome and latency,
// and for whatever else happened to the connection. The newest row is at the
// bottom, and stays in view until the user scrolls up. A filter may leave out
// rows; the title says how many.
type Log struct {
	styles  *Styles
	keys    LogKeys
	hints   HintKeys
	w, h    int
	focused bool
	rows    logRows
	cursor  List
	seen    uint64 // the end of the log when the user scrolled up
	// topicWidth only grows, so that columns do not jump as rows go by.
	topicWidth int
}

// NewLog returns a log that follows its newest row.
func NewLog(s *Styles, k LogKeys) *Log {
	return &Log{styles: s, keys: k, cursor: NewFollowing()}
}

// SetSize sets the outer size in cells.
func (v *Log) SetSize(w, h int) { v.w, v.h = w, h }

// SetFocus says whether keys come here.
func (v *Log) SetFocus(on bool) { v.focused = on }

// SetHintKeys sets the keys that advice names.
func (v *Log) SetHintKeys(k HintKeys) { v.hints = k }

// ShortHelp lists the keys that matter most here.
func (v *Log) ShortHelp() []key.Binding {
	return []key.Binding{v.keys.Details, v.keys.Outcome, v.keys.Op}
}

// Update moves the cursor, changes the filter, and asks for the details of a row.
func (v *Log) Update(msg tea.KeyMsg, f *feed.Feed) Intent {
	log := f.Log()
	v.sync(log)
	following := v.cursor.Following()
	switch {
	case key.Matches(msg, v.keys.Details):
		if v.rows.next == v.rows.first {
			return nil
		}
		return Details{Row: v.rows.position(v.cursor.At())}
	case key.Matches(msg, v.keys.Outcome):
		v.setFilter(log, feed.LogFilter{Rows: v.rows.filter.Rows.Next(), Op: v.rows.filter.Op})
	case key.Matches(msg, v.keys.Op):
		v.setFilter(log, feed.LogFilter{Rows: v.rows.filter.Rows, Op: (v.rows.filter.Op + 1) % (jolt.OpPing + 1)})
	default:
		v.cursor.Move(v.keys.Move, msg)
	}
	v.left(following, log)
	return nil
}

// left notes where the log ended when the user left its end.
func (v *Log) left(following bool, log *feed.Log) {
	if following && !v.cursor.Following() {
		v.seen = log.Next()
	}
}

// setFilter changes what is left out. The row under the cursor stays there if the
// filter lets it through, else the one after it takes its place.
func (v *Log) setFilter(log *feed.Log, f feed.LogFilter) {
	v.rows.filter, v.rows.stale = f, true
	v.sync(log)
}

// ClearFilter shows all rows, and reports whether some were left out.
func (v *Log) ClearFilter(f *feed.Feed) bool {
	filtered := v.rows.filter != (feed.LogFilter{})
	v.setFilter(f.Log(), feed.LogFilter{})
	return filtered
}

// sync lists the rows anew if need be. The cursor stays on its row.
func (v *Log) sync(log *feed.Log) {
	cursor, top := v.rows.position(v.cursor.At()), v.rows.position(v.cursor.Top())
	if v.rows.update(log) {
		v.cursor.Renumber(v.rows.index(cursor), v.rows.index(top))
	}
	v.cursor.SetRows(v.rows.first, v.rows.next)
}

// Step returns the position of the row so many after that at pos, of those that
// the filter lets through, and moves the cursor there; pos itself if there is
// none.
func (v *Log) Step(f *feed.Feed, pos uint64, by int) uint64 {
	v.sync(f.Log())
	row := v.rows.index(pos)
	if by > 0 && v.rows.position(row) != pos { // its own row is left out
		by--
	}
	to := int64(row) + int64(by)
	if to < int64(v.rows.first) || to >= int64(v.rows.next) {
		return pos
	}
	v.cursor.GoTo(uint64(to))
	v.seen = f.Log().Next()
	return v.rows.position(uint64(to))
}

// View draws the log.
func (v *Log) View(f *feed.Feed, _ time.Time) []string {
	log := f.Log()
	v.sync(log)
	inner := Rect{W: v.w, H: v.h}.Inner()
	v.measureTopics(log, inner.H)
	lines := v.cursor.Draw(inner.H, func(i uint64, selected bool) string {
		return v.line(f, log.At(v.rows.position(i)), inner.W, v.focused && selected)
	})
	if len(lines) == 0 && v.rows.hidden(log) > 0 {
		lines = append(lines, NewLine(inner.W, Paint{}).Space(rowEdge).Put(v.styles.Dim, "no such row").String())
	}
	panel := Panel{Title: v.title(log), Note: v.note(log), Focused: v.focused}
	return panel.View(*v.styles, v.w, v.h, lines)
}

// title says what the filter lets through.
func (v *Log) title(log *feed.Log) []Span {
	spans := []Span{{v.styles.Strong, "Log"}}
	if f := v.rows.filter; f != (feed.LogFilter{}) {
		var words []string
		if f.Rows != feed.RowsAll {
			words = append(words, f.Rows.String())
		}
		if f.Op != 0 && f.Rows != feed.RowsEvents {
			words = append(words, f.Op.String())
		}
		spans = append(spans, Span{v.styles.Border, " ─ "}, Span{v.styles.Match, strings.Join(words, " ")},
			Span{v.styles.Dim, " " + human.Count(v.rows.hidden(log)) + " hidden"})
	}
	return spans
}

// note says what the user would see at the end; there, how requests ended.
func (v *Log) note(log *feed.Log) []Span {
	switch {
	case !v.cursor.Following():
		return []Span{{v.styles.Warn, "▼ " + human.Count(v.rows.next-v.rows.index(v.seen)) + " new"}}
	case v.focused:
		return v.totals(log)
	default:
		return nil
	}
}

// measureTopics fits the topic column to what is on screen.
func (v *Log) measureTopics(log *feed.Log, height int) {
	v.cursor.Settle(height, oneLine)
	for i := v.cursor.Top(); i < min(v.cursor.Top()+uint64(max(height, 0)), v.rows.next); i++ {
		if row := log.At(v.rows.position(i)); row.Kind == feed.RowRequest {
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
	l := StartRow(v.styles, w, selected)
	l.Put(v.styles.Dim, human.Clock(row.At)).Space(columnGap)
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

// putRequest puts the columns of a request. The times give way where the row is
// too short for them and what the broker said.
func (v *Log) putRequest(l *Line, row *feed.Row) {
	const opWidth, outcomeWidth, roomForBoth = 5, 11, 80
	topic := min(v.topicWidth, l.width/4)
	l.Left(v.styles.Text, row.Request.Op.String(), opWidth).Space(1)
	l.Left(v.styles.Accent, about(row, topic+1), topic).Space(columnGap)
	words, paint := v.outcome(row, max(l.Rest(), 0))
	room := l.Rest() - rowEdge
	times := timesWords(row, room-columnGap-Width(words))
	if rest := room - columnGap - Width(times); Width(words) <= rest || l.width >= roomForBoth {
		words, _ = Cut(words, rest)
		l.Left(paint, words, max(Width(words), min(outcomeWidth, rest))).Space(columnGap).Put(v.styles.Dim, times)
		return
	}
	words, _ = Cut(words, room)
	l.Put(paint, words)
}

// timesWords says how long the reply took, and where there is room how long the
// message took to come back.
func timesWords(row *feed.Row, room int) string {
	if row.Latency == 0 {
		return ""
	}
	words := human.Duration(row.Latency)
	if row.LoopBack > 0 {
		if both := words + "  back in " + human.Duration(row.LoopBack); Width(both) <= room {
			return both
		}
	}
	return words
}

// Details shows all that is known of a row of the log, by its position.
type Details struct{ Row uint64 }

func (Details) intent() {}
