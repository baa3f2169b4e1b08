package views

import (
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
)

// alertWords words a threshold that is passed, or no longer, for about so many
// cells.
func (v *Log) alertWords(a *feed.Alert, cells int) []Span {
	s := v.styles
	what := printable.Prefix(a.Field.String(), cells)
	threshold := printable.Prefix(a.Threshold.String(), cells)
	if !a.Over {
		spans := []Span{{s.Error, "▲ alert "}, {s.Text, what}, {s.Warn, " " + threshold}}
		if a.Value != "" {
			spans = append(spans, Span{s.Dim, ": "}, Span{s.Text, printable.Prefix(a.Value, cells)})
		}
		return spans
	}
	words := "▽ over  "
	if a.Withdrawn {
		words = "▽ alert taken away  "
	}
	spans := []Span{{s.OK, words}, {s.Text, what}, {s.Dim, " " + threshold}, {s.Text, " lasted " + human.Duration(a.Lasted)}}
	if a.Met > 0 {
		spans = append(spans, Span{s.Dim, ", " + human.Counted(a.Met, "value")})
	}
	return spans
}
