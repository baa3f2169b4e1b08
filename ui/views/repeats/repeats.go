package repeats

import (
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
	"joltui/ui/views/kit"
)

// RepeatWords words how far a repetition is, the most important first. Each span makes
// sense without the others, so that they can be left out from the end.
func RepeatWords(s *kit.Styles, r *feed.Repeat) []kit.Span {
	done := human.Count(r.Done())
	if r.Times > 0 {
		done += " of " + human.Count(r.Times)
	}
	spans := []kit.Span{s.Text.Span(done)}
	switch {
	case r.Ended && r.Why != "":
		spans = append(spans, s.Warn.Span("  ■ "+printable.Line(r.Why)))
	case r.Ended:
		spans = append(spans, s.OK.Span("  ■ done"))
	}
	add := func(p kit.Paint, o jolt.Outcome, n uint64, words string) {
		if n > 0 {
			spans = append(spans, p.Span("  "+human.Sign(o)+" "+human.Count(n)+" "+words))
		}
	}
	add(s.Error, jolt.Rejected, r.Rejected, "rejected")
	add(s.Warn, jolt.Unknown, r.Unknown, "unknown")
	add(s.Warn, jolt.NotSent, r.NotSent, "not sent")
	add(s.OK, jolt.Acknowledged, r.Acknowledged, "ok")
	if rate := human.Rate(r.Rate()); rate != "" {
		spans = append(spans, s.Text.Span("  "+rate))
	}
	return spans
}

// LatencyWords words how long acknowledgements took; nil before there is one.
func LatencyWords(s *kit.Styles, r *feed.Repeat) []kit.Span {
	if r.Acknowledged == 0 {
		return nil
	}
	return []kit.Span{s.Dim.Span("  mean " + human.Duration(r.Latency())), s.Dim.Span(", slowest " + human.Duration(r.Slowest))}
}

// RepeatBrief words how far a repetition is for the header, which has little room.
func RepeatBrief(r *feed.Repeat) string {
	text := "repeating " + human.Count(r.Done())
	if r.Times > 0 {
		text += " of " + human.Count(r.Times)
	}
	return text
}
