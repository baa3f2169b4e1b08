package ledger

import (
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

// Pane shows the ledger: a row for each request with its outcome and latency, and for
// whatever else happened on the connection. The newest row is at the bottom, and stays on
// screen until the user scrolls up. A filter may hide rows; the title says how many.
type Pane struct {
	styles  *kit.Styles
	actions keys.Set[*Pane]
	moves   *kit.MoveKeys
	hints   kit.HintKeys
	w, h    int
	now     time.Time // of the latest View
	focused bool
	rows    logRows
	cursor  kit.List
	seen    uint64 // the position of the log's end when the user scrolled up
	// topicWidth only grows, so that columns do not move as rows come.
	topicWidth int
}

// New returns a log that follows its newest row.
func New(s *kit.Styles, a keys.Set[*Pane], m *kit.MoveKeys) *Pane {
	return &Pane{styles: s, actions: a, moves: m, cursor: kit.NewFollowing()}
}

// SetSize sets the outer size in cells.
func (v *Pane) SetSize(w, h int) { v.w, v.h = w, h }

// SetFocus sets whether the pane has the focus.
func (v *Pane) SetFocus(on bool) { v.focused = on }

// SetHintKeys sets the keys that hints name.
func (v *Pane) SetHintKeys(k kit.HintKeys) { v.hints = k }

// ShortHelp lists the keys that matter most here.
func (v *Pane) ShortHelp() []key.Binding {
	return v.actions.Keys("log.details", "log.outcome", "log.op")
}

// Update runs the action or the move of a key.
func (v *Pane) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	return keys.Update(v, v.actions, v.moves, msg, f)
}

// Move moves the cursor.
func (v *Pane) Move(by kit.Move, f *feed.Feed) kit.Intent {
	v.sync(f.Log())
	following := v.cursor.Following()
	v.cursor.Move(by)
	v.rememberEnd(following, f.Log())
	return nil
}

// Details asks to show all that is known of the row under the cursor.
func (v *Pane) Details(f *feed.Feed) kit.Intent {
	v.sync(f.Log())
	if v.rows.next == v.rows.first {
		return nil
	}
	return OpenDetails{Row: v.rows.position(v.cursor.At())}
}

func (v *Pane) nextOutcome(f *feed.Feed) kit.Intent {
	filter := v.rows.filter
	filter.Rows = filter.Rows.Next()
	v.setFilter(f.Log(), filter)
	return nil
}

func (v *Pane) nextOp(f *feed.Feed) kit.Intent {
	filter := v.rows.filter
	filter.Op = (filter.Op + 1) % (jolt.OpPing + 1)
	v.setFilter(f.Log(), filter)
	return nil
}

// rememberEnd remembers where the log ends if the cursor has just left its end. following is
// whether it followed the end before.
func (v *Pane) rememberEnd(following bool, log *feed.Log) {
	if following && !v.cursor.Following() {
		v.seen = log.Next()
	}
}

// setFilter replaces the filter. The cursor stays on its row if that passes the new one,
// else it goes to the next row that does.
func (v *Pane) setFilter(log *feed.Log, f feed.LogFilter) {
	v.rows.filter, v.rows.stale = f, true
	v.sync(log)
}

// ClearFilter removes the filter, and reports whether there was one.
func (v *Pane) ClearFilter(f *feed.Feed) bool {
	filtered := v.rows.filter != (feed.LogFilter{})
	v.setFilter(f.Log(), feed.LogFilter{})
	return filtered
}

// sync brings the rows up to date with the log. The cursor stays on its row.
func (v *Pane) sync(log *feed.Log) {
	cursor, top := v.rows.position(v.cursor.At()), v.rows.position(v.cursor.Top())
	if v.rows.update(log) {
		v.cursor.Renumber(v.rows.index(cursor), v.rows.index(top))
	}
	v.cursor.SetRows(v.rows.first, v.rows.next)
}

// Step moves the cursor to the row so many after the one at pos, of those that pass the
// filter, and returns its position. If there is none, it returns pos.
func (v *Pane) Step(f *feed.Feed, pos uint64, by int) uint64 {
	to := v.neighbour(f, pos, by)
	if to != pos {
		v.cursor.GoTo(v.rows.index(to))
		v.seen = f.Log().Next()
	}
	return to
}

// neighbour returns the position of the row to which Step goes.
func (v *Pane) neighbour(f *feed.Feed, pos uint64, by int) uint64 {
	v.sync(f.Log())
	row := v.rows.index(pos)
	if by > 0 && v.rows.position(row) != pos { // its own row is left out
		by--
	}
	to := int64(row) + int64(by)
	if to < int64(v.rows.first) || to >= int64(v.rows.next) {
		return pos
	}
	return v.rows.position(uint64(to))
}

// View draws the log.
func (v *Pane) View(f *feed.Feed, now time.Time) []string {
	log := f.Log()
	v.now = now
	v.sync(log)
	if v.h < leastPanel {
		return v.strip(f)
	}
	inner := kit.Rect{W: v.w, H: v.h}.Inner()
	lineCount := v.lines(log, inner.H)
	v.measureTopics(log, inner.H, lineCount)
	lines := v.cursor.DrawLines(inner.H, lineCount, func(dst []string, i uint64, skip int) []string {
		row := log.At(v.rows.position(i))
		if lineCount(i) > 1 && skip == 0 {
			dst = append(dst, kit.DayRow(v.styles, inner.W, kit.RowEdge, row.At))
		}
		if len(dst) < inner.H {
			dst = append(dst, v.line(f, row, inner.W, v.focused && i == v.cursor.At()))
		}
		return dst
	})
	if len(lines) == 0 && v.rows.hidden(log) > 0 {
		lines = append(lines, kit.NewLine(inner.W, kit.Paint{}).Space(kit.RowEdge).Put(v.styles.Dim, "no such row").String())
	}
	panel := kit.Panel{Title: v.title(log), Note: v.note(log), Focused: v.focused}
	return panel.View(*v.styles, v.w, v.h, lines)
}

// leastPanel is the least height with a border, in rows.
const leastPanel = 3

// strip draws the newest rows without a border.
func (v *Pane) strip(f *feed.Feed) []string {
	log := f.Log()
	v.measureTopics(log, v.h, v.lines(log, v.h-1))
	rows := make([]string, 0, max(v.h, 0))
	name := "Log"
	for i := v.rows.next - min(uint64(max(v.h, 0)), v.rows.next-v.rows.first); i < v.rows.next; i++ {
		l := kit.Strip(v.styles, v.w, name)
		row, cells := v.line(f, log.At(v.rows.position(i)), l.Rest(), false), l.Rest()
		rows = append(rows, l.Write(kit.Paint{}, row, cells).String())
		name = ""
	}
	if len(rows) == 0 && v.h > 0 {
		rows = append(rows, kit.Strip(v.styles, v.w, name).String())
	}
	return append(rows, kit.Blank(v.w, v.h-len(rows))...)
}

// Resting reports whether the user has left the log as it comes: without a filter, at its end.
func (v *Pane) Resting() bool {
	return v.rows.filter == (feed.LogFilter{}) && v.cursor.Following()
}

// lines tells how many lines a row takes: one more where a day begins, if there is room.
// What was noted today, at the beginning of the log, needs no date.
func (v *Pane) lines(log *feed.Log, height int) func(row uint64) int {
	return func(row uint64) int {
		before := v.now
		if row > v.rows.first {
			before = log.At(v.rows.position(row - 1)).At
		}
		if height < 2 || human.SameDay(before, log.At(v.rows.position(row)).At) {
			return 1
		}
		return 2
	}
}

// title shows the filter, and how many rows it hides.
func (v *Pane) title(log *feed.Log) []kit.Span {
	spans := []kit.Span{v.styles.Strong.Span("Log")}
	if f := v.rows.filter; f != (feed.LogFilter{}) {
		var words []string
		if f.Rows != feed.RowsAll {
			words = append(words, f.Rows.String())
		}
		if f.Op != 0 && f.Rows != feed.RowsEvents {
			words = append(words, f.Op.String())
		}
		spans = append(spans, v.styles.Border.Span(" ─ "), v.styles.Match.Span(strings.Join(words, " ")),
			v.styles.Dim.Span(" "+human.Count(v.rows.hidden(log))+" hidden"))
	}
	return spans
}

// note says how many rows have come since the user left the end of the log; at the end, how
// requests ended.
func (v *Pane) note(log *feed.Log) []kit.Span {
	switch {
	case !v.cursor.Following():
		return []kit.Span{v.styles.Warn.Span("▼ " + human.Count(v.rows.next-v.rows.index(v.seen)) + " new")}
	case v.focused:
		return v.totals(log)
	default:
		return nil
	}
}

// measureTopics widens the topic column for the topics on screen.
func (v *Pane) measureTopics(log *feed.Log, height int, lines func(uint64) int) {
	v.cursor.Settle(height, lines)
	for i := v.cursor.Top(); i < min(v.cursor.Top()+uint64(max(height, 0)), v.rows.next); i++ {
		if row := log.At(v.rows.position(i)); row.Kind == feed.RowRequest {
			v.topicWidth = max(v.topicWidth, min(kit.Width(about(row, kit.MaxTopicWidth)), kit.MaxTopicWidth))
		}
	}
}

// about returns what a request is about: its topic, or the user of a login.
func about(row *feed.Row, cells int) string {
	if row.Request.User != "" {
		return printable.Prefix(row.Request.User, cells)
	}
	return printable.Name(row.Request.Topic, cells)
}

func (v *Pane) line(f *feed.Feed, row *feed.Row, w int, selected bool) string {
	l := kit.StartRow(v.styles, w, selected)
	l.Put(v.styles.Dim, human.Clock(row.At)).Space(kit.ColumnGap)
	if row.Kind != feed.RowRequest {
		spans, room := v.eventWords(f, row, maxOutcomeWords), l.Rest()-kit.RowEdge
		if room >= roomForEnds && !begins(row.Kind) {
			spans = kit.Fit(spans, room)
		}
		for _, span := range spans {
			words, _ := kit.Cut(span.Text, l.Rest()-kit.RowEdge)
			l.Put(span.Paint, words)
		}
		return l.String()
	}
	v.putRequest(l, row)
	return l.String()
}

// putRequest writes the columns of a request. The times are left out where the row is too
// narrow for them and the words of the outcome.
func (v *Pane) putRequest(l *kit.Line, row *feed.Row) {
	const opWidth, outcomeWidth, roomForBoth = 5, 11, 80
	topic := min(v.topicWidth, l.Width/4)
	l.Left(v.styles.Text, row.Request.Op.String(), opWidth).Space(1)
	l.Left(v.styles.Accent, about(row, topic+1), topic).Space(kit.ColumnGap)
	words, paint := v.outcome(row, maxOutcomeWords)
	room := l.Rest() - kit.RowEdge
	times := timesWords(row, room-kit.ColumnGap-kit.Width(words))
	if rest := room - kit.ColumnGap - kit.Width(times); kit.Width(words) <= rest || l.Width >= roomForBoth {
		words = ends(words, rest)
		l.Left(paint, words, max(kit.Width(words), min(outcomeWidth, rest))).Space(kit.ColumnGap).Put(v.styles.Dim, times)
		return
	}
	l.Put(paint, ends(words, room))
}

// timesWords says how long the reply took and, if room cells are enough, how long it took
// until the message came back.
func timesWords(row *feed.Row, room int) string {
	if row.Latency == 0 {
		return ""
	}
	words := human.Duration(row.Latency)
	if row.LoopBack > 0 {
		if both := words + "  back in " + human.Duration(row.LoopBack); kit.Width(both) <= room {
			return both
		}
	}
	return words
}

// OpenDetails asks to show all that is known of a row of the log. Row is its position.
type OpenDetails struct{ Row uint64 }

// Intent implements [kit.Intent].
func (OpenDetails) Intent() {}
