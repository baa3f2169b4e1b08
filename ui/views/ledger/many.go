package ledger

import (
	"strings"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
	"joltui/ui/views/kit"
)

// manyWords words requests that were made at once: how many, and how they ended.
func (v *Pane) manyWords(row *feed.Row) []kit.Span {
	s, m := v.styles, row.Many
	spans := []kit.Span{
		s.Text.Span(row.Request.Op.String() + "   "), s.Accent.Span(human.Counted(uint64(len(m.Topics)), "topic")),
	}
	for _, mark := range v.outcomeMarks() {
		if n := m.Count(mark.outcome); n > 0 {
			spans = append(spans, mark.paint.Span("  "+human.Sign(mark.outcome)+" "), s.Text.Span(human.Count(n)), s.Dim.Span(" "+mark.word))
		}
	}
	if m.Slowest > 0 {
		spans = append(spans, s.Dim.Span("  slowest "+human.Duration(m.Slowest)))
	}
	return spans
}

// describeMany tells which of the requests had which outcome.
func (v *Pane) describeMany(row *feed.Row) []detail {
	all := []detail{
		{"begun", v.styles.Text, exactly(row.At), ""},
		{"requests", v.styles.Text, row.Request.Op.String() + " of " + human.Counted(uint64(len(row.Many.Topics)), "topic"), ""},
	}
	if !row.Many.Latest.IsZero() {
		all = append(all, detail{"latest", v.styles.Text, exactly(row.Many.Latest), ""})
	}
	marks := v.outcomeMarks()
	for _, outcome := range []jolt.Outcome{jolt.Rejected, jolt.Unknown, jolt.NotSent, jolt.Pending, jolt.Acknowledged} {
		topics := row.Many.Of(outcome)
		if len(topics) == 0 {
			continue
		}
		for _, mark := range marks {
			if mark.outcome == outcome {
				all = append(all, detail{mark.word, mark.paint, human.Sign(outcome) + " " + human.Count(uint64(len(topics))),
					printable.Line(strings.Join(topics, ", "))})
			}
		}
	}
	return all
}
