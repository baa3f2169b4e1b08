package ui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/jolt"
)

// requestTimeout is how long a command waits for its outcome. The client's own
// time-out for replies is as long; this one only ends what the client cannot.
const requestTimeout = 10 * time.Second

// requests are those on their way to the client. Bubble Tea runs each command
// on a goroutine of its own, in no order. So that two messages are published in
// the order in which they were typed, what one intent asks for is only sent
// when what the one before asked for has its outcome.
type requests struct {
	client  Client
	lastRef uint64
	queue   [][]jolt.Request
	pending int // with the client
}

// answeredMsg says that a request has its outcome. What it is comes as an event
// and in no other way.
type answeredMsg struct{}

// send enters requests in the log and has them sent.
func (m *Model) send(all ...jolt.Request) tea.Cmd {
	if m.client == nil {
		for _, r := range all {
			m.note(r.String() + " not sent: this dashboard only watches")
		}
		return nil
	}
	for i := range all {
		m.lastRef++
		all[i].Ref = m.lastRef
		m.feed.Log().Begin(all[i], m.now)
	}
	m.queue = append(m.queue, all)
	return m.sendNext()
}

// answered goes on with the queue when nothing is with the client any more.
func (m *Model) answered() tea.Cmd {
	m.pending--
	return m.sendNext()
}

func (r *requests) sendNext() tea.Cmd {
	if r.pending > 0 || len(r.queue) == 0 {
		return nil
	}
	next := r.queue[0]
	r.queue = r.queue[1:]
	r.pending = len(next)
	cmds := make([]tea.Cmd, len(next))
	for i, request := range next {
		cmds[i] = ask(r.client, request)
	}
	return tea.Batch(cmds...)
}

func ask(client Client, r jolt.Request) tea.Cmd {
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), requestTimeout)
		defer cancel()
		client.Do(ctx, r)
		return answeredMsg{}
	}
}

// forget tells the client, which may be busy for a moment and so is not to be
// waited for in Update.
func (r *requests) forget(topic string) tea.Cmd {
	client := r.client
	if client == nil {
		return nil
	}
	return func() tea.Msg {
		client.Forget(topic)
		return nil
	}
}
