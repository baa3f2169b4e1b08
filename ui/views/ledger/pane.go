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

// Log shows the ledger: a row for each request with its outcome and latency,
// and for whatever else happened to the connection. The newest row is at the
// bottom, and stays in view until the user scrolls up. A filter may leave out
// rows; the title says how many.
type Pane struct {
	styles  *kit.Styles
	actions keys.Set[*Pane]
	moves   *kit.MoveKeys
	hints   kit.HintKeys
	w, h    int
	focused bool
	rows    logRows
	cursor  kit.List
	seen    uint64 // the end of the log when the user scrolled up
	// topicWidth only grows, so that columns do not jump as rows go by.
	topicWidth int
}

// NewLog returns a log that follows its newest row.
func New(s *kit.Styles, a keys.Set[*Pane], m *kit.MoveKeys) *Pane {
	return &Pane{styles: s, actions: a, moves: m, cursor: kit.NewFollowing()}
}

// SetSize sets the outer size in cells.
func (v *Pane) SetSize(w, h int) { v.w, v.h = w, h }

// SetFocus says whether keys come here.
func (v *Pane) SetFocus(on bool) { v.focused = on }

// SetHintKeys sets the keys that advice names.
func (v *Pane) SetHintKeys(k kit.HintKeys) { v.hints = k }

// ShortHelp lists the keys that matter most here.
func (v *Pane) ShortHelp() []key.Binding {
	return v.actions.Keys("log.details", "log.outcome", "log.op")
}

// Update runs the action or the move of a key.
func (v *Pane) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	if in, done := v.actions.Press(v, msg, f); done {
		return in
	}
	if by, ok := v.moves.Pressed(msg); ok {
		return v.Move(by, f)
	}
	return nil
}

// Move moves the cursor.
func (v *Pane) Move(by kit.Move, f *feed.Feed) kit.Intent {
	v.sync(f.Log())
	following := v.cursor.Following()
	v.cursor.Move(by)
	v.left(following, f.Log())
	return nil
}

// Details asks for all that is known of the row under the cursor.
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

// left notes where the log ended when the user left its end.
func (v *Pane) left(following bool, log *feed.Log) {
	if following && !v.cursor.Following() {
		v.seen = log.Next()
	}
}

// setFilter changes what is left out. The row under the cursor stays there if the
// filter lets it through, else the one after it takes its place.
func (v *Pane) setFilter(log *feed.Log, f feed.LogFilter) {
	v.rows.filter, v.rows.stale = f, true
	v.sync(log)
}

// ClearFilter shows all rows, and reports whether some were left out.
func (v *Pane) ClearFilter(f *feed.Feed) bool {
	filtered := v.rows.filter != (feed.LogFilter{})
	v.setFilter(f.Log(), feed.LogFilter{})
	return filtered
}

// sync lists the rows anew if need be. The cursor stays on its row.
func (v *Pane) sync(log *feed.Log) {
	cursor, top := v.rows.position(v.cursor.At()), v.rows.position(v.cursor.Top())
	if v.rows.update(log) {
		v.cursor.Renumber(v.rows.index(cursor), v.rows.index(top))
	}
	v.cursor.SetRows(v.rows.first, v.rows.next)
}

// Step returns the position of the row so many after that at pos, of those that
// the filter lets through, and moves the cursor there; pos itself if there is
// none.
func (v *Pane) Step(f *feed.Feed, pos uint64, by int) uint64 {
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
func (v *Pane) View(f *feed.Feed, _ time.Time) []string {
	log := f.Log()
	v.sync(log)
	inner := kit.Rect{W: v.w, H: v.h}.Inner()
	v.measureTopics(log, inner.H)
	lines := v.cursor.Draw(inner.H, func(i uint64, selected bool) string {
		return v.line(f, log.At(v.rows.position(i)), inner.W, v.focused && selected)
	})
	if len(lines) == 0 && v.rows.hidden(log) > 0 {
		lines = append(lines, kit.NewLine(inner.W, kit.Paint{}).Space(kit.RowEdge).Put(v.styles.Dim, "no such row").String())
	}
	panel := kit.Panel{Title: v.title(log), Note: v.note(log), Focused: v.focused}
	return panel.View(*v.styles, v.w, v.h, lines)
}

// title says what the filter lets through.
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

// note says what the user would see at the end; there, how requests ended.
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

// measureTopics fits the topic column to what is on screen.
func (v *Pane) measureTopics(log *feed.Log, height int) {
	v.cursor.Settle(height, kit.OneLine)
	for i := v.cursor.Top(); i < min(v.cursor.Top()+uint64(max(height, 0)), v.rows.next); i++ {
		if row := log.At(v.rows.position(i)); row.Kind == feed.RowRequest {
			v.topicWidth = max(v.topicWidth, min(kit.Width(about(row, kit.MaxTopicWidth)), kit.MaxTopicWidth))
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

func (v *Pane) line(f *feed.Feed, row *feed.Row, w int, selected bool) string {
	l := kit.StartRow(v.styles, w, selected)
	l.Put(v.styles.Dim, human.Clock(row.At)).Space(kit.ColumnGap)
	if row.Kind != feed.RowRequest {
		for _, span := range v.eventWords(f, row, max(w, 0)) {
			words, _ := kit.Cut(span.Text, l.Rest()-kit.RowEdge)
			l.Put(span.Paint, words)
		}
		return l.String()
	}
	v.putRequest(l, row)
	return l.String()
}

// putRequest puts the columns of a request. The times give way where the row is
// too short for them and what the broker said.
func (v *Pane) putRequest(l *kit.Line, row *feed.Row) {
	const opWidth, outcomeWidth, roomForBoth = 5, 11, 80
	topic := min(v.topicWidth, l.Width/4)
	l.Left(v.styles.Text, row.Request.Op.String(), opWidth).Space(1)
	l.Left(v.styles.Accent, about(row, topic+1), topic).Space(kit.ColumnGap)
	words, paint := v.outcome(row, max(l.Rest(), 0))
	room := l.Rest() - kit.RowEdge
	times := timesWords(row, room-kit.ColumnGap-kit.Width(words))
	if rest := room - kit.ColumnGap - kit.Width(times); kit.Width(words) <= rest || l.Width >= roomForBoth {
		words, _ = kit.Cut(words, rest)
		l.Left(paint, words, max(kit.Width(words), min(outcomeWidth, rest))).Space(kit.ColumnGap).Put(v.styles.Dim, times)
		return
	}
	words, _ = kit.Cut(words, room)
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
		if both := words + "  back in " + human.Duration(row.LoopBack); kit.Width(both) <= room {
			return both
		}
	}
	return words
}

// Details shows all that is known of a row of the log, by its position.
type OpenDetails struct{ Row uint64 }

func (OpenDetails) Intent() {}
