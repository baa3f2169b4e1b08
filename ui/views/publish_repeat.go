package views

import (
	"github.com/charmbracelet/bubbles/progress"
	"github.com/muesli/termenv"

	"joltui/internal/feed"
	"joltui/internal/repeat"
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
