package ui

import (
	"github.com/charmbracelet/bubbles/key"

	"joltui/internal/feed"
	"joltui/ui/views"
)

// askFilter opens the prompt for a filter.
func (m *Model) askFilter() {
	m.eachStream((*views.Stream).BeginFilter)
	m.prompt.Ask(m.filterQuestion())
}

func (m *Model) filterQuestion() views.Question {
	set := func(how func(*views.Stream, feed.Filter)) func(string) views.Intent {
		return func(text string) views.Intent {
			m.filterBy(text, how)
			return nil
		}
	}
	return views.FilterQuestion(m.filter.String(), set((*views.Stream).TryFilter), set((*views.Stream).SetFilter))
}

// setFilter filters all streams; empty text is no filter.
func (m *Model) setFilter(text string) { m.filterBy(text, (*views.Stream).SetFilter) }

// filterBy gives all streams a filter. A text that is none changes nothing: the
// prompt says what is wrong with it.
func (m *Model) filterBy(text string, set func(*views.Stream, feed.Filter)) {
	f, err := feed.ParseFilter(text)
	if err != nil {
		return
	}
	m.filter = f
	m.eachStream(func(s *views.Stream) { set(s, f) })
}

// look changes how all streams show their messages.
func (m *Model) look(change func(*views.StreamOptions)) {
	change(&m.view)
	m.eachStream(func(s *views.Stream) { s.SetOptions(m.view) })
}

// pause holds all streams, or lets them go on where they stand.
func (m *Model) pause(on bool) {
	m.paused, m.pausedAt = on, m.feed.Counters().Received
	m.eachStream(func(s *views.Stream) { s.SetPaused(on) })
}

// resume ends a pause at the newest messages.
func (m *Model) resume() {
	m.paused = false
	focused := m.streams[m.tile]
	m.eachStream(func(s *views.Stream) { s.Follow(s == focused) })
}

// resumeKeys are the two ways out of a pause, for the footer. The second one is a
// key of the streams.
func (m *Model) resumeKeys() []key.Binding {
	here, now := m.keys.Pause, m.keys.Stream.Move.Bottom
	here.SetHelp(here.Help().Key, "resume here")
	now.SetHelp(now.Help().Key, "resume at now")
	if m.focus != RegionStream {
		return []key.Binding{here}
	}
	return []key.Binding{here, now}
}
