package ledger

import (
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// alertWords words the beginning or the end of an alert, in about so many cells.
func (v *Pane) alertWords(a *feed.Alert, cells int) []kit.Span {
	s := v.styles
	again := ""
	if a.Times > 1 {
		again = " " + human.Counted(a.Times, "time") + " since " + a.First.Format("15:04:05")
	}
	what := printable.Prefix(a.Field.String(), cells)
	threshold := printable.Prefix(a.Threshold.String(), cells)
	if !a.Over {
		spans := []kit.Span{s.Error.Span("▲ alert "), s.Text.Span(what), s.Warn.Span(" " + threshold)}
		if a.Value != "" {
			spans = append(spans, s.Dim.Span(": "), s.Text.Span(printable.Prefix(a.Value, cells)))
		}
		if again != "" {
			spans = append(spans, s.Warn.Span(again))
		}
		return spans
	}
	words := "▽ over  "
	if a.Withdrawn {
		words = "▽ alert taken away  "
	}
	spans := []kit.Span{s.OK.Span(words), s.Text.Span(what), s.Dim.Span(" " + threshold)}
	if again != "" {
		return append(spans, s.Warn.Span(again), s.Text.Span(", "+human.Duration(a.Total)+" in all"))
	}
	spans = append(spans, s.Text.Span(" lasted "+human.Duration(a.Lasted)))
	if a.Met > 0 {
		spans = append(spans, s.Dim.Span(", "+human.Counted(a.Met, "value")))
	}
	return spans
}

// describeAlert tells of an alert, and of the message that began it.
func (v *Pane) describeAlert(row *feed.Row) []detail {
	s := v.styles
	all := []detail{{"at", s.Text, exactly(row.At), ""}, {"alert", s.Text, "", spansText(v.alertWords(row.Alert, maxOutcomeWords))}}
	if e := alertMessage(row); e != nil {
		all = append(all,
			detail{"message", s.Text, exactly(e.At), "The one that met the threshold first, the last time."},
			detail{"topic", s.Accent, printable.Line(e.Topic), ""},
			detail{"payload", s.Text, printable.Line(e.Data), notKept(e.Data, e.Size)},
		)
	}
	return all
}

// alertMessage returns the message that began an alert, or nil if the row has none.
func alertMessage(row *feed.Row) *feed.Entry {
	if row.Kind != feed.RowAlert || row.Alert.Seq == 0 {
		return nil
	}
	return &feed.Entry{
		Seq: row.Alert.Seq, At: row.Alert.SeqAt, Topic: row.Request.Topic, Data: row.Request.Data, Size: row.Size,
	}
}
