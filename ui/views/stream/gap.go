package stream

import (
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/ui/views/kit"
)

// gapRow is that of a row with room for so many cells: what it means for messages is
// said where it fits.
func gapRow(g *feed.Gap, room int) string {
	const lost = "; what was published then is lost"
	words := "── " + human.Gap(&g.Gap, uint64(g.Count))
	if kit.Width(words)+len(lost) <= room {
		words += lost
	}
	words, _ = kit.Cut(words, room)
	return words
}
