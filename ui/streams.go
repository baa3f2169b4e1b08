package ui

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/layout"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/stream"
)

// askFilter opens the prompt for a filter.
func (d *desk) askFilter() {
	d.eachStream((*stream.Pane).BeginFilter)
	d.prompt.Ask(d.filterQuestion())
}

func (d *desk) filterQuestion() kit.Question {
	set := func(how func(*stream.Pane, feed.Filter)) func(string) kit.Intent {
		return func(text string) kit.Intent {
			d.filterBy(text, how)
			return nil
		}
	}
	return intent.FilterQuestion(d.filter.String(), set((*stream.Pane).TryFilter), set((*stream.Pane).SetFilter))
}

// setFilter filters all streams; empty text is no filter.
func (d *desk) setFilter(text string) { d.filterBy(text, (*stream.Pane).SetFilter) }

// filterBy gives all streams a filter. A text that is none changes nothing: the
// prompt says what is wrong with it.
func (d *desk) filterBy(text string, set func(*stream.Pane, feed.Filter)) {
	f, err := feed.ParseFilter(text)
	if err != nil {
		return
	}
	d.filter = f
	d.eachStream(func(s *stream.Pane) { set(s, f) })
}

// look changes how all streams show their messages.
func (d *desk) look(change func(*stream.Options)) {
	change(&d.view)
	d.eachStream(func(s *stream.Pane) { s.SetOptions(d.view) })
}

// pause holds all streams, or lets them go on where they stand.
func (d *desk) pause(on bool) {
	d.paused, d.pausedAt = on, d.feed.Counters().Received
	d.eachStream(func(s *stream.Pane) { s.SetPaused(on) })
}

// resume ends a pause at the newest messages.
func (d *desk) resume() {
	d.paused = false
	focused := d.streams[d.tile]
	d.eachStream(func(s *stream.Pane) { s.Follow(s == focused) })
}

// resumeKeys are the two ways out of a pause, for the footer. The second one is a
// key of the streams.
func (d *desk) resumeKeys() []key.Binding {
	here, now := d.key("pause"), d.key("move.bottom")
	here.SetHelp(here.Help().Key, "resume here")
	now.SetHelp(now.Help().Key, "resume at now")
	if d.focus != layout.RegionStream {
		return []key.Binding{here}
	}
	return []key.Binding{here, now}
}

// searchMsg lets the streams search on, though nothing else happens.
type searchMsg struct{}

// Quiet says that the message may well change nothing.
func (searchMsg) Quiet() {}

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
