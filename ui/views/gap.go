package views

import (
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/jolt"
)

// GapWords says how long an outage was at most, and why. From when on messages are
// missing is known, but not whether all are.
func GapWords(g *jolt.Gap) string { return gapWords(&feed.Gap{Gap: *g, Count: 1}) }

func gapWords(g *feed.Gap) string {
	words := "gap of up to " + human.UpTo(g.To.Sub(g.From))
	if g.Count > 1 {
		words = human.Count(uint64(g.Count)) + " gaps within " + human.UpTo(g.To.Sub(g.From))
	}
	if g.Cause == nil {
		return words + ": disconnected"
	}
	return words + ": " + human.Cause(g.Cause)
}

// gapRow is that of a row with room for so many cells: what it means for messages is
// said where it fits.
func gapRow(g *feed.Gap, room int) string {
	const lost = "; what was published then is lost"
	words := "── " + gapWords(g)
	if Width(words)+len(lost) <= room {
		words += lost
	}
	words, _ = Cut(words, room)
	return words
}
