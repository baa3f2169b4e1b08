package ui

import (
	"context"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/jolt"
)

// The bounds of a pump's backlog, and how often it sends.
const (
	DefaultBacklogMessages = 65_536
	DefaultBacklogBytes    = 64 << 20
	frame                  = 16 * time.Millisecond
)

// PumpLimits bound what a pump holds while the program is busy. Zero fields
// mean the defaults.
type PumpLimits struct {
	Messages int // topic messages, and lines that are none
	Bytes    int // of them together
}

// Batch brings what happened on the connection to the [Model]: events in wire
// order, after the messages that were lost before them. A [Pump] sends it;
// a test may send one as well, and so drive the dashboard without a network.
type Batch struct {
	Events []jolt.Event
	Drops  []Drop
	// LostLines is how many unreadable lines and unknown frames were dropped.
	LostLines uint64
}

// Drop counts messages of one topic that were received, but came faster than
// the program could take them.
type Drop struct {
	Topic    string
	Messages uint64
	Bytes    uint64 // of their payloads
}

// Pump is the one bridge from a client's goroutines to the program. Its
// backlog is bounded: when the program cannot keep up, the oldest traffic is
// dropped and counted: topic messages, unreadable lines and unknown frames.
// Replies and changes of state are never dropped, and order is kept.
//
// A Pump is safe for concurrent use.
type Pump struct {
	limits PumpLimits
	wakeup chan struct{} // holds a token when there may be something to send

	mu      sync.Mutex
	backlog backlog
}

// NewPump returns a pump that holds events until Run sends them.
func NewPump(l PumpLimits) *Pump {
	if l.Messages <= 0 {
		l.Messages = DefaultBacklogMessages
	}
	if l.Bytes <= 0 {
		l.Bytes = DefaultBacklogBytes
	}
	return &Pump{limits: l, wakeup: make(chan struct{}, 1)}
}

// Handle takes a batch from a client; it is made for [jolt.Config.Handler]. It
// never waits for the program, and keeps the events but not the slice.
func (p *Pump) Handle(events []jolt.Event) {
	p.mu.Lock()
	for _, e := range events {
		p.backlog.add(e, p.limits)
	}
	p.mu.Unlock()
	select {
	case p.wakeup <- struct{}{}:
	default:
	}
}

// Run sends a [Batch] at once when nothing was sent for a frame of 16 ms, and
// else at the end of that frame. It returns when ctx ends, or as soon as a
// send that is under way then returns. send is made for [tea.Program.Send],
// which does not wait once the program has ended.
func (p *Pump) Run(ctx context.Context, send func(tea.Msg)) {
	pace := time.NewTimer(frame)
	defer pace.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.wakeup:
		}
		pace.Reset(frame)
		if batch := p.take(); len(batch.Events)+len(batch.Drops) > 0 || batch.LostLines > 0 {
			send(batch)
		}
		select {
		case <-ctx.Done():
			return
		case <-pace.C:
		}
	}
}

func (p *Pump) take() Batch {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.backlog.take()
}
