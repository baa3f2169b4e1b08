package publish

import (
	"github.com/charmbracelet/bubbles/progress"
	"github.com/muesli/termenv"

	"joltui/internal/feed"
	"joltui/internal/repeat"
	"joltui/ui/views/kit"
	"joltui/ui/views/repeats"
)

// RepeatQuestion asks how often to publish a message, beginning with the latest answer.
// accept is called with a plan that [repeat.Parse] can parse.
func RepeatQuestion(last string, accept func(plan string) kit.Intent) kit.Question {
	return kit.Question{
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

// repeatRow draws how far a repetition is, in w cells: a progress bar if its end is known,
// and as many of the words as fit.
func repeatRow(s *kit.Styles, r *feed.Repeat, w int) string {
	const leastBar, mostBar = 6, 24
	l := kit.NewLine(w, kit.Paint{}).Space(kit.RowEdge)
	words, latency := repeats.RepeatWords(s, r), repeats.LatencyWords(s, r)
	room := l.Rest() - kit.SpansWidth(words) - kit.ColumnGap - kit.RowEdge
	if room-kit.SpansWidth(latency) >= leastBar || r.Times == 0 {
		words = append(words, latency...)
		room -= kit.SpansWidth(latency)
	}
	if bar := min(room, mostBar); r.Times > 0 && bar >= leastBar {
		l.Put(s.Accent, progressBar(float64(r.Done())/float64(r.Times), bar)).Space(kit.ColumnGap)
	}
	for _, span := range words {
		if kit.Width(span.Text) > l.Rest() {
			break
		}
		l.Put(span.Paint, span.Text)
	}
	return l.String()
}

// progressBar draws a share from 0 to 1 as a bar of w cells, without colour.
func progressBar(part float64, w int) string {
	bar := progress.New(progress.WithoutPercentage(), progress.WithColorProfile(termenv.Ascii),
		progress.WithWidth(w), progress.WithFillCharacters('█', '░'))
	return bar.ViewAs(part)
}
