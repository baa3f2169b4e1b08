package stream

import (
	"joltui/internal/feed"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// gapRow words a gap in at most room cells. What it means for messages is left out where it
// does not fit, and so is the topic that was not subscribed.
func (s *Pane) gapRow(g *feed.Gap, room int) string {
	const lost = "; what was published then is lost"
	words, more := "── "+g.Words(), lost
	if g.Unsubscribed {
		more = ""
		if s.topic == "" && g.Topic != "" {
			more = " to " + printable.Name(g.Topic, room)
		}
	}
	if kit.Width(words)+kit.Width(more) <= room {
		words += more
	}
	words, _ = kit.Cut(words, room)
	return words
}
