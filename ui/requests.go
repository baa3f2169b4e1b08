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
