package ledger

import (
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/jolt"
	"joltui/ui/views/kit"
)

// outcomeMarks returns the word and the paint of each outcome, in the order in which they
// are shown.
func (v *Pane) outcomeMarks() []outcomeMark {
	s := v.styles
	return []outcomeMark{
		{jolt.Pending, "waiting", s.Dim},
		{jolt.Acknowledged, "ok", s.OK},
		{jolt.Rejected, "rejected", s.Error},
		{jolt.Unknown, "unknown", s.Warn},
		{jolt.NotSent, "not sent", s.Warn},
	}
}

type outcomeMark struct {
	outcome jolt.Outcome
	word    string
	paint   kit.Paint
}

// totals says briefly how many requests had which outcome and, if there is room, how long
// publishes took.
func (v *Pane) totals(log *feed.Log) []kit.Span {
	const roomForLatency = 90
	totals := log.Totals()
	var spans []kit.Span
	for _, m := range v.outcomeMarks() {
		if n := totals.Outcome(m.outcome); n > 0 {
			if len(spans) > 0 {
				spans = append(spans, kit.Paint{}.Span("  "))
			}
			spans = append(spans, m.paint.Span(human.Sign(m.outcome)+" "), v.styles.Text.Span(human.Count(n)))
		}
	}
	if l := log.PublishLatency(); l.Count > 0 && v.w >= roomForLatency {
		words := "   pub median " + human.Duration(l.Median) + "  p99 " + human.Duration(l.P99)
		spans = append(spans, v.styles.Dim.Span(words))
	}
	return spans
}

// session draws the table of all requests since the start, w cells wide.
func (v *Pane) session(log *feed.Log, w int) []string {
	totals := log.Totals()
	title := []string{""}
	for _, m := range v.outcomeMarks() {
		title = append(title, m.word)
	}
	rows := []string{v.sumRow(w, title...)}
	for op := jolt.OpAuth; op <= jolt.OpPing; op++ {
		counts, any := []string{op.String()}, false
		for _, m := range v.outcomeMarks() {
			n := totals.Of(op, m.outcome)
			counts = append(counts, human.Count(n))
			any = any || n > 0
		}
		if any {
			rows = append(rows, v.sumRow(w, counts...))
		}
	}
	return append(rows, v.latencies(log, w)...)
}

// latencies draws the table of how long publishes took, w cells wide.
func (v *Pane) latencies(log *feed.Log, w int) []string {
	reply, back := log.PublishLatency(), log.LoopBack()
	if reply.Count == 0 {
		return nil
	}
	title := kit.NewLine(w, kit.Paint{}).Space(kit.RowEdge).Put(v.styles.Accent, "How long publishes took").String()
	rows := []string{kit.NewLine(w, kit.Paint{}).String(), title, v.sumRow(w, "", "min", "median", "p99", "max", "count"), v.latency(w, "reply", reply)}
	if back.Count > 0 {
		rows = append(rows, v.latency(w, "back", back))
	}
	return rows
}

func (v *Pane) latency(w int, name string, l feed.Latency) string {
	return v.sumRow(w, name, human.Duration(l.Min), human.Duration(l.Median), human.Duration(l.P99), human.Duration(l.Max), human.Count(l.Count))
}

// sumRow draws a row of a table: a name and figures in columns. A row without a name has
// titles in place of figures.
func (v *Pane) sumRow(w int, cells ...string) string {
	const nameWidth = 6
	width := min(max((w-2*kit.RowEdge-nameWidth)/(len(cells)-1), 0), 13)
	l := kit.NewLine(w, kit.Paint{}).Space(kit.RowEdge).Left(v.styles.Text, cells[0], nameWidth)
	for _, cell := range cells[1:] {
		paint := v.styles.Text
		if cells[0] == "" || cell == "0" {
			paint = v.styles.Dim
		}
		l.Right(paint, cell, width)
	}
	return l.String()
}

// exactly writes a date and time to the microsecond.
func exactly(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.Format("2006-01-02 15:04:05.000000")
}
