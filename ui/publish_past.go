package ui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/history"
	"joltui/ui/views/intent"
)

// History keeps what was published for the next time, as [history.File] does. Load and
// Write are called by one goroutine at a time, which may wait for them.
type History interface {
	// Load returns what is kept, oldest first, and how much of it was unreadable.
	Load() (messages []history.Message, skipped int, err error)
	// Keep takes a message without waiting, in memory. The error says that it never
	// can be kept.
	Keep(history.Message) error
	// Write writes what was taken. What cannot be written is so by the next Write.
	Write() error
}

// saving is on its way to the history. One command at a time calls it, so that
// messages are kept in the order in which they were sent.
type saving struct {
	history History
	more    bool // something was kept since the latest write began
	busy    bool
	failed  bool // and was told
}

// pastMsg is what was published before.
type pastMsg struct {
	messages []history.Message
	skipped  int
	err      error
}

// savedMsg says what came of writing messages.
type savedMsg struct{ err error }

// loadPast gets what was published before.
func (b *publishing) loadPast() tea.Cmd {
	history := b.saving.history
	if history == nil {
		return nil
	}
	b.saving.busy = true
	return func() tea.Msg {
		messages, skipped, err := history.Load()
		return pastMsg{messages, skipped, err}
	}
}

func (b *publishing) pastLoaded(msg pastMsg) tea.Cmd {
	if msg.err != nil {
		b.fail("what was published before is not known: " + msg.err.Error())
	}
	if msg.skipped > 0 {
		b.note(fmt.Sprintf("history: %d lines cannot be read, and were skipped", msg.skipped))
	}
	var earlier []intent.Publish
	for _, p := range msg.messages {
		earlier = append(earlier, intent.Publish{Topic: p.Topic, Data: p.Data, Template: p.Template})
	}
	b.publish.SetPast(earlier)
	b.saving.busy = false
	return b.saving.next()
}

// save has a message kept.
func (b *publishing) save(p intent.Publish) tea.Cmd {
	if b.saving.history == nil {
		return nil
	}
	if err := b.saving.history.Keep(history.Message{At: b.now, Topic: p.Topic, Data: p.Data, Template: p.Template}); err != nil {
		b.fail("published, but not kept for the next time: " + err.Error())
		return nil
	}
	b.saving.more = true
	return b.saving.next()
}

func (s *saving) next() tea.Cmd {
	if s.busy || !s.more {
		return nil
	}
	history := s.history
	s.busy, s.more = true, false
	return func() tea.Msg { return savedMsg{history.Write()} }
}

// saved says once that messages are not kept, not with each of them, and once that
// they are.
func (b *publishing) saved(msg savedMsg) tea.Cmd {
	s := &b.saving
	s.busy = false
	switch {
	case msg.err != nil && !s.failed:
		b.fail("published, but not kept for the next time: " + msg.err.Error() + "; it is tried again with what you publish next, and at the end")
	case msg.err == nil && s.failed:
		b.note("what was published is kept for the next time again, that before too")
	}
	s.failed = msg.err != nil
	return s.next()
}
