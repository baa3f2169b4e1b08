package views

import (
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
)

// repeatWords words how far a repetition is, the most important first. Each span
// stands for itself.
func repeatWords(s *Styles, r *feed.Repeat) []Span {
	done := human.Count(r.Done())
	if r.Times > 0 {
		done += " of " + human.Count(r.Times)
	}
	spans := []Span{{s.Text, done}}
	switch {
	case r.Ended && r.Why != "":
		spans = append(spans, Span{s.Warn, "  ■ " + printable.Line(r.Why)})
	case r.Ended:
		spans = append(spans, Span{s.OK, "  ■ done"})
	}
	add := func(p Paint, o jolt.Outcome, n uint64, words string) {
		if n > 0 {
			spans = append(spans, Span{p, "  " + human.Sign(o) + " " + human.Count(n) + " " + words})
		}
	}
	add(s.Error, jolt.Rejected, r.Rejected, "rejected")
	add(s.Warn, jolt.Unknown, r.Unknown, "unknown")
	add(s.Warn, jolt.NotSent, r.NotSent, "not sent")
	add(s.OK, jolt.Acknowledged, r.Acknowledged, "ok")
	if rate := human.Rate(r.Rate()); rate != "" {
		spans = append(spans, Span{s.Text, "  " + rate})
	}
	return spans
}

// latencyWords word how long acknowledgements took.
func latencyWords(s *Styles, r *feed.Repeat) []Span {
	if r.Acknowledged == 0 {
		return nil
	}
	return []Span{{s.Dim, "  mean " + human.Duration(r.Latency())}, {s.Dim, ", slowest " + human.Duration(r.Slowest)}}
}

// repeatBrief is what the header says of it.
func repeatBrief(r *feed.Repeat) string {
	text := "repeating " + human.Count(r.Done())
	if r.Times > 0 {
		text += " of " + human.Count(r.Times)
	}
	return text
}
