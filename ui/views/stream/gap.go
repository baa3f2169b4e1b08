package stream

import (
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/ui/views/kit"
)

// gapRow words a gap in at most room cells. What it means for messages is left out where it
// does not fit.
func gapRow(g *feed.Gap, room int) string {
	const lost = "; what was published then is lost"
	words := "── " + human.Gap(&g.Gap, uint64(g.Count))
	if kit.Width(words)+len(lost) <= room {
		words += lost
	}
	words, _ = kit.Cut(words, room)
	return words
}
