package ui

import "time"

// sayTime is for how long the footer says something.
const sayTime = 4 * time.Second

// note puts something into the log.
func (m *Model) note(text string) { m.feed.Log().Note(m.now, text) }

// fail puts into the log what the dashboard could not do for its user.
func (m *Model) fail(text string) { m.feed.Log().Fail(m.now, text) }

// mention puts something into the footer for a while: what a key did, where the
// screen alone might not show it. What is to be found again is for the log.
func (m *Model) mention(text string) { m.said, m.saidAt = text, m.now }

// say puts something into the log too: a page lies over it.
func (m *Model) say(text string) {
	m.note(text)
	m.mention(text)
}

// sayFailed is say for what could not be done.
func (m *Model) sayFailed(text string) {
	m.fail(text)
	m.mention(text)
}

// saying is what the footer has to say at the moment.
func (m *Model) saying() string {
	if m.now.Sub(m.saidAt) >= sayTime {
		return ""
	}
	return m.said
}
