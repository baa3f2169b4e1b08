package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// searchMsg lets the streams search on, though nothing else happens.
type searchMsg struct{}

// searchRest is how long the dashboard is free for something else, keys above
// all, before a search goes on.
const searchRest = 2 * time.Millisecond

// searchOn lets the streams search, and sees to it that they go on.
func (d *desk) searchOn() tea.Cmd {
	more := false
	for _, s := range d.streams {
		more = s.Search(d.feed) || more
	}
	if d.search || !more {
		return nil
	}
	d.search = true
	return tea.Tick(searchRest, func(time.Time) tea.Msg { return searchMsg{} })
}
