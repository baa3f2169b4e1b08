package ui

import (
	"time"

	"joltui/internal/human"
)

// Stopped tells the [Model] that the process as a whole did not run, as after ctrl+z or
// SIGSTOP.
type Stopped struct{ From, To time.Time }

// stopped says so: what came meanwhile has the time at which it was read, and of what
// the broker did not keep for so long, only a gap tells.
func (m *Model) stopped(s Stopped) {
	words := "stopped for " + human.Duration(s.To.Sub(s.From))
	m.note(words + ", until " + s.To.Format(time.TimeOnly) +
		": what waited for it is received now, with the time of now; where the broker gave up waiting, a gap says so")
	m.mention(words)
}
