package ui

import (
	"github.com/charmbracelet/bubbles/key"

	"joltui/internal/feed"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/stream"
)

// askFilter opens the prompt for a filter.
func (m *Model) askFilter() {
	m.eachStream((*stream.Pane).BeginFilter)
	m.prompt.Ask(m.filterQuestion())
}

func (m *Model) filterQuestion() kit.Question {
	set := func(how func(*stream.Pane, feed.Filter)) func(string) kit.Intent {
		return func(text string) kit.Intent {
			m.filterBy(text, how)
			return nil
		}
	}
	return intent.FilterQuestion(m.filter.String(), set((*stream.Pane).TryFilter), set((*stream.Pane).SetFilter))
}

// setFilter filters all streams; empty text is no filter.
func (m *Model) setFilter(text string) { m.filterBy(text, (*stream.Pane).SetFilter) }

// filterBy gives all streams a filter. A text that is none changes nothing: the
// prompt says what is wrong with it.
func (m *Model) filterBy(text string, set func(*stream.Pane, feed.Filter)) {
	f, err := feed.ParseFilter(text)
	if err != nil {
		return
	}
	m.filter = f
	m.eachStream(func(s *stream.Pane) { set(s, f) })
}

// look changes how all streams show their messages.
func (m *Model) look(change func(*stream.Options)) {
	change(&m.view)
	m.eachStream(func(s *stream.Pane) { s.SetOptions(m.view) })
}

// pause holds all streams, or lets them go on where they stand.
func (m *Model) pause(on bool) {
	m.paused, m.pausedAt = on, m.feed.Counters().Received
	m.eachStream(func(s *stream.Pane) { s.SetPaused(on) })
}

// resume ends a pause at the newest messages.
func (m *Model) resume() {
	m.paused = false
	focused := m.streams[m.tile]
	m.eachStream(func(s *stream.Pane) { s.Follow(s == focused) })
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
