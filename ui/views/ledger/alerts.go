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
	what := printable.Prefix(a.Field.String(), cells)
	threshold := printable.Prefix(a.Threshold.String(), cells)
	if !a.Over {
		spans := []kit.Span{s.Error.Span("▲ alert "), s.Text.Span(what), s.Warn.Span(" " + threshold)}
		if a.Value != "" {
			spans = append(spans, s.Dim.Span(": "), s.Text.Span(printable.Prefix(a.Value, cells)))
		}
		return spans
	}
	words := "▽ over  "
	if a.Withdrawn {
		words = "▽ alert taken away  "
	}
	spans := []kit.Span{s.OK.Span(words), s.Text.Span(what), s.Dim.Span(" " + threshold), s.Text.Span(" lasted " + human.Duration(a.Lasted))}
	if a.Met > 0 {
		spans = append(spans, s.Dim.Span(", "+human.Counted(a.Met, "value")))
	}
	return spans
}
