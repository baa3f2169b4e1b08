package views

import (
	"github.com/charmbracelet/bubbles/progress"
	"github.com/muesli/termenv"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/repeat"
	"joltui/jolt"
)

// RepeatQuestion asks how often to publish a message, beginning with what was said
// the last time. The answer is accepted: a plan that [repeat.Parse] can read.
func RepeatQuestion(last string, accept func(plan string) Intent) Question {
	return Question{
		Label:  "repeat ",
		Hint:   "100, every 500ms, 100 every 50ms, 1000 at 200/s; keep going",
		Text:   last,
		Accept: accept,
		Check: func(text string) error {
			_, err := repeat.Parse(text)
			return err
		},
	}
}

// repeatRow draws how far a repetition is, in w cells: a bar where the end is
// known, and as many of the words as fit.
func repeatRow(s *Styles, r *feed.Repeat, w int) string {
	const leastBar, mostBar = 6, 24
	l := NewLine(w, Paint{}).Space(rowEdge)
	words, latency := repeatWords(s, r), latencyWords(s, r)
	room := l.Rest() - spansWidth(words) - columnGap - rowEdge
	if room-spansWidth(latency) >= leastBar || r.Times == 0 {
		words = append(words, latency...)
		room -= spansWidth(latency)
	}
	if bar := min(room, mostBar); r.Times > 0 && bar >= leastBar {
		l.Put(s.Accent, progressBar(float64(r.Done())/float64(r.Times), bar)).Space(columnGap)
	}
	for _, span := range words {
		if Width(span.Text) > l.Rest() {
			break
		}
		l.Put(span.Paint, span.Text)
	}
	return l.String()
}

// progressBar draws a part of a whole. Its paint is for the caller.
func progressBar(part float64, w int) string {
	bar := progress.New(progress.WithoutPercentage(), progress.WithColorProfile(termenv.Ascii),
		progress.WithWidth(w), progress.WithFillCharacters('█', '░'))
	return bar.ViewAs(part)
}

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

// repeatLogWords are the row of the log: what is repeated, and how far it is.
func (v *Log) repeatLogWords(row *feed.Row, cells int) []Span {
	s, r := v.styles, row.Repeat
	spans := []Span{
		{s.Text, "pub × "}, {s.Accent, printable.Prefix(row.Request.Topic, min(cells, maxTopicWidth))},
		{s.Dim, "  " + r.Plan + "  "},
	}
	return append(append(spans, repeatWords(s, r)...), latencyWords(s, r)...)
}
