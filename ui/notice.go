package ui

import (
	"time"

	"joltui/internal/human"
)

// notices are what the footer says for a while.
type notices struct {
	said   string
	saidAt time.Time
}

// sayTime is for how long the footer says something.
const sayTime = 4 * time.Second

// note puts something into the log.
func (s *shell) note(text string) { s.feed.Log().Note(s.now, text) }

// fail puts into the log what the dashboard could not do for its user.
func (s *shell) fail(text string) { s.feed.Log().Fail(s.now, text) }

// mention puts something into the footer for a while: what a key did, where the
// screen alone might not show it. What is to be found again is for the log.
func (s *shell) mention(text string) { s.said, s.saidAt = text, s.now }

// say puts something into the log too: a page lies over it.
func (s *shell) say(text string) {
	s.note(text)
	s.mention(text)
}

// sayFailed is say for what could not be done.
func (s *shell) sayFailed(text string) {
	s.fail(text)
	s.mention(text)
}

// saying is what the footer has to say at the moment.
func (s *shell) saying() string {
	if s.now.Sub(s.saidAt) >= sayTime {
		return ""
	}
	return s.said
}

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
