package ui

import (
	"time"

	"joltui/internal/human"
)

// notices is the notice in the footer, which disappears after a while.
type notices struct {
	said   string
	saidAt time.Time
}

// sayTime is how long the footer shows a notice.
const sayTime = 4 * time.Second

// note adds a row to the log.
func (s *shell) note(text string) { s.feed.Log().Note(s.now, text) }

// fail adds a failure to the log: what the dashboard could not do for the user.
func (s *shell) fail(text string) { s.feed.Log().Fail(s.now, text) }

// mention shows a notice in the footer: what a key did, where the screen alone might not
// show it. What the user may want to find again goes into the log.
func (s *shell) mention(text string) { s.said, s.saidAt = text, s.now }

// say adds a row to the log, and shows it in the footer, too, since a page may cover the
// log.
func (s *shell) say(text string) {
	s.note(text)
	s.mention(text)
}

// sayFailed is say for a failure.
func (s *shell) sayFailed(text string) {
	s.fail(text)
	s.mention(text)
}

// saying returns the notice that the footer shows now, or "".
func (s *shell) saying() string {
	if s.now.Sub(s.saidAt) >= sayTime {
		return ""
	}
	return s.said
}

// Told is a message that tells the [Model] what its user has to know now: it is shown in the
// footer and kept in the log.
type Told struct{ Text string }

// Stopped is a message that tells the [Model] that the whole process was stopped, as by
// ctrl+z or SIGSTOP, from From to To.
type Stopped struct{ From, To time.Time }

// stopped tells the user: messages that came meanwhile get the time at which they are read
// now, and those that the broker has dropped are only seen as a gap.
func (m *Model) stopped(s Stopped) {
	words := "stopped for " + human.Duration(s.To.Sub(s.From))
	m.note(words + ", until " + s.To.Format(time.TimeOnly) +
		": what waited for it is received now, with the time of now; where the broker gave up waiting, a gap says so")
	m.mention(words)
}
