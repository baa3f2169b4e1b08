package human

import "joltui/jolt"

// Gap says how long an outage was at most, and why; count is how many outages it joins. When
// messages began to be lost is known, but not whether all were.
func Gap(g *jolt.Gap, count uint64) string {
	words := "gap of up to " + UpTo(g.To.Sub(g.From))
	if count > 1 {
		words = Counted(count, "gap") + " within " + UpTo(g.To.Sub(g.From))
	}
	if g.Cause == nil {
		return words + ": disconnected"
	}
	return words + ": " + Cause(g.Cause)
}
