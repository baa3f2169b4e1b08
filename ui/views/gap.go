package views

import (
	"time"

	"joltui/internal/feed"
	"joltui/jolt"
)

// GapWords says how long an outage was at most, and why. From when on messages are
// missing is known, but not whether all are.
func GapWords(g *jolt.Gap) string { return gapWords(&feed.Gap{Gap: *g, Count: 1}) }

func gapWords(g *feed.Gap) string {
	words := "gap of up to " + UpTo(g.To.Sub(g.From))
	if g.Count > 1 {
		words = Count(uint64(g.Count)) + " gaps within " + UpTo(g.To.Sub(g.From))
	}
	if g.Cause == nil {
		return words + ": disconnected"
	}
	return words + ": " + PlainCause(g.Cause)
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

// UpTo writes a duration that is no less than d, to a tenth of a second or so.
func UpTo(d time.Duration) string {
	unit := time.Millisecond
	switch {
	case d > 24*time.Hour:
		unit = time.Hour
	case d > time.Hour:
		unit = time.Minute
	case d > 10*time.Second:
		unit = time.Second
	case d > time.Second:
		unit = 100 * time.Millisecond
	}
	d = (d + unit - 1).Truncate(unit)
	if time.Minute <= d && d < time.Hour {
		return string(appendPair(nil, d, time.Minute, 'm', time.Second, 's'))
	}
	return Duration(d)
}
