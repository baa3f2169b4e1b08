package ui

import "time"

// noticeTime is how long a notice stays in the header.
const noticeTime = 4 * time.Second

// notice is a word on what a key did, where the screen alone might not show it.
// It passes. What is to be found again later is a note in the log.
type notice struct {
	text string
	at   time.Time
}

// say shows a notice in place of the one before.
func (m *Model) say(text string) { m.notice = notice{text, m.now} }

// current is the text while it is to be shown.
func (n notice) current(now time.Time) string {
	if now.Sub(n.at) >= noticeTime {
		return ""
	}
	return n.text
}
