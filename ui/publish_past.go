package ui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/history"
	"joltui/ui/views/intent"
)

// History keeps what was published for the next run, as [history.File] does. Load and Write
// may block: they are called in commands, one at a time.
type History interface {
	// Load returns the messages that are kept, oldest first, and how many lines could not
	// be read.
	Load() (messages []history.Message, skipped int, err error)
	// Keep keeps a message in memory, and does not block. The error says that the message
	// can never be written.
	Keep(history.Message) error
	// Write writes what is kept in memory. If it fails, the next Write tries again.
	Write() error
}

// saving is the state of writing the history. One command at a time calls it, so that
// messages are written in the order in which they were sent.
type saving struct {
	history History
	more    bool // a message was kept since the latest Write began
	busy    bool // a command calls the history
	failed  bool // the latest Write failed, and the user was told
}

// pastMsg has what was published in earlier runs.
type pastMsg struct {
	messages []history.Message
	skipped  int
	err      error
}

// savedMsg is the result of writing the history.
type savedMsg struct{ err error }

// loadPast returns the command that reads what was published in earlier runs.
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

// save keeps a message in the history.
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

// saved tells the user when writing begins to fail, and when it works again, but not for
// each message.
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
