package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/views/kit"
)

// inspect shows a message on a page of its own.
func (m *Model) inspect(e feed.Entry) {
	m.push(m.inspector)
	m.inspector.Open(e)
}

// inspectOther shows the message so many further on in the stream.
func (m *Model) inspectOther(by int) {
	if e := m.streams[m.tile].Step(by, m.feed); e != nil {
		m.inspector.Follow(*e)
	}
}

// compare shows a message beside the one before it on its topic.
func (m *Model) compare(e feed.Entry) {
	m.push(m.diff)
	m.diff.Open(e, m.feed)
}

// worker is a view with work that takes too long for a frame.
type worker interface{ NextJob() kit.Job }

// workMsg is a job of a view that is done.
type workMsg struct {
	of     worker
	finish func()
}

// workOn goes on with what the page on show has to do.
func (m *Model) workOn() tea.Cmd {
	if of, ok := m.top().(worker); ok {
		return work(of)
	}
	return nil
}

// work does the next job of a view, if it has one.
func work(of worker) tea.Cmd {
	job := of.NextJob()
	if job == nil {
		return nil
	}
	return func() tea.Msg { return workMsg{of, job()} }
}

// worked gives a view what came of its job, and goes on with the next one.
func (m *Model) worked(msg tea.Msg) (cmd tea.Cmd, done bool) {
	w, done := msg.(workMsg)
	if !done {
		return nil, false
	}
	w.finish()
	return work(w.of), true
}
