package ui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/jolt"
)

// requestTimeout is how long a command waits for the outcome of its request. The client's
// own time-out for replies is as long; this one is only for a request that the client does
// not end.
const requestTimeout = 10 * time.Second

// requests is the queue of requests for the client. Bubble Tea runs each command on a
// goroutine of its own, in no order. So that two messages are published in the order in
// which they were typed, the requests of one intent are only sent when those of the one
// before have their outcomes.
type requests struct {
	client  Client
	lastRef uint64
	queue   [][]jolt.Request
	pending int // how many requests the client has
}

// answeredMsg says that a request has its outcome. The outcome itself comes only as an
// event.
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
		cmds[i] = doRequest(r.client, request)
	}
	return tea.Batch(cmds...)
}

func doRequest(client Client, r jolt.Request) tea.Cmd {
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), requestTimeout)
		defer cancel()
		client.Do(ctx, r)
		return answeredMsg{}
	}
}

// forget returns the command that has the client forget a topic. The client may be busy for
// a moment, so Update must not call it.
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
