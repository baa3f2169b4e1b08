package ui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/past"
	"joltui/printable"
	"joltui/ui/views"
)

// History keeps what was published for the next time, as [past.File] does. It is
// called by one goroutine at a time, which may wait for it.
type History interface {
	// Load returns what is kept, oldest first, and how much of it was unreadable.
	Load() (messages []past.Message, skipped int, err error)
	// Add keeps messages in their order.
	Add(messages ...past.Message) error
}

// saving is on its way to the history. One command at a time calls it, so that
// messages are kept in the order in which they were sent.
type saving struct {
	history History
	queue   []past.Message
	busy    bool
	failed  bool // and was told
}

// pastMsg is what was published before.
type pastMsg struct {
	messages []past.Message
	skipped  int
	err      error
}

// savedMsg says what came of keeping messages.
type savedMsg struct{ err error }

// loadPast gets what was published before.
func (m *Model) loadPast() tea.Cmd {
	history := m.saving.history
	if history == nil {
		return nil
	}
	m.saving.busy = true
	return func() tea.Msg {
		messages, skipped, err := history.Load()
		return pastMsg{messages, skipped, err}
	}
}

func (m *Model) pastLoaded(msg pastMsg) tea.Cmd {
	if msg.err != nil {
		m.note("what was published before is not known: " + msg.err.Error())
	}
	if msg.skipped > 0 {
		m.note(fmt.Sprintf("history: %d lines cannot be read, and were skipped", msg.skipped))
	}
	var earlier []views.Publish
	for _, p := range msg.messages {
		earlier = append(earlier, views.Publish{Topic: p.Topic, Data: p.Data, Template: p.Template})
	}
	m.publish.SetPast(earlier)
	m.saving.busy = false
	return m.saving.next()
}

// save has a message kept.
func (m *Model) save(p views.Publish) tea.Cmd {
	if m.saving.history == nil {
		return nil
	}
	m.saving.queue = append(m.saving.queue, past.Message{At: m.now, Topic: p.Topic, Data: p.Data, Template: p.Template})
	return m.saving.next()
}

func (s *saving) next() tea.Cmd {
	if s.busy || len(s.queue) == 0 {
		return nil
	}
	history, messages := s.history, s.queue
	s.busy, s.queue = true, nil
	return func() tea.Msg { return savedMsg{history.Add(messages...)} }
}

// saved says once that messages are not kept, not with each of them.
func (m *Model) saved(msg savedMsg) tea.Cmd {
	m.saving.busy = false
	if msg.err != nil && !m.saving.failed {
		m.note("published, but not kept for the next time: " + printable.Line(msg.err.Error()))
	}
	m.saving.failed = msg.err != nil
	return m.saving.next()
}
