package publisher

import (
	"context"
	"errors"
	"sync"
	"time"

	"joltui/jolt"
)

// Client publishes without waiting for the outcome, as [*jolt.Client] does.
type Client interface {
	Start(context.Context, jolt.Request, func(*jolt.Reply)) error
}

// Message is what is to be published.
type Message struct {
	Topic, Data string
}

// Publisher publishes messages, one after the other, and counts what becomes of them.
// Publish and Wait are for one goroutine; the other methods for any.
type Publisher struct {
	client Client
	gone   chan struct{} // closed when the client has ended
	idle   chan struct{} // holds one when all that was started has its outcome

	mu      sync.Mutex
	started int64
	known   Progress
	lost    error
}

// Progress is what has become of the messages so far.
type Progress struct {
	Outcomes
	Latency time.Duration // of the latest reply
	Refusal error         // of the first message that the broker refused
	Fault   error         // of the first whose outcome is unknown, or that there was no connection for
	Bad     error         // of the first that cannot be sent by any connection
}

// New returns a publisher that has published nothing.
func New() *Publisher {
	return &Publisher{gone: make(chan struct{}), idle: make(chan struct{}, 1)}
}

// Use makes client the one that publishes. It comes before the first message.
func (p *Publisher) Use(client Client) { p.client = client }

// Handle learns from the client's events how the connection is. It is, or is called by,
// its [jolt.Config.Handler].
func (p *Publisher) Handle(batch []jolt.Event) {
	for _, e := range batch {
		if s, ok := e.(*jolt.StateChange); ok && s.State == jolt.Closed {
			p.mu.Lock()
			p.lost = s.Cause
			p.mu.Unlock()
			close(p.gone)
		}
	}
}

// Gone is closed when there is no connection any more, and will be none.
func (p *Publisher) Gone() <-chan struct{} { return p.gone }

// Lost returns why that is so; nil where the client was closed, or goes on.
func (p *Publisher) Lost() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.lost
}

// Progress returns what has become of the messages so far.
func (p *Publisher) Progress() Progress {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.known
}

// Publish hands a message to the client, and waits while too many are under way. An
// error means that the messages after this one cannot be sent either. One that can
// never be sent, because of what is in it, is counted as not sent, and is no error.
func (p *Publisher) Publish(ctx context.Context, m Message) error {
	p.mu.Lock()
	p.started++
	p.mu.Unlock()
	err := p.client.Start(ctx, jolt.Request{Op: jolt.OpPublish, Topic: m.Topic, Data: m.Data}, p.answered)
	if err == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	bad := errors.Is(err, jolt.ErrBadTopic) || errors.Is(err, jolt.ErrInvalidUTF8)
	if bad {
		p.known.Bad = first(p.known.Bad, err)
		err = nil
	}
	p.settle(jolt.NotSent, err)
	return err
}

// answered takes an outcome, on the client's goroutine.
func (p *Publisher) answered(r *jolt.Reply) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.known.Latency = r.Latency()
	p.settle(r.Outcome, r.Err)
}

// settle counts an outcome. The mutex is held.
func (p *Publisher) settle(outcome jolt.Outcome, err error) {
	*p.known.of(outcome)++
	if outcome == jolt.Rejected {
		p.known.Refusal = first(p.known.Refusal, err)
	} else {
		p.known.Fault = first(p.known.Fault, err)
	}
	if p.known.Sum() == p.started {
		select {
		case p.idle <- struct{}{}:
		default:
		}
	}
}

// Wait returns when each message has its outcome, or ctx ends. The client sees to it
// that each gets one.
func (p *Publisher) Wait(ctx context.Context) {
	for {
		p.mu.Lock()
		done := p.known.Sum() == p.started
		p.mu.Unlock()
		if done {
			return
		}
		select {
		case <-p.idle:
		case <-ctx.Done():
			return
		}
	}
}

func first(a, b error) error {
	if a != nil {
		return a
	}
	return b
}
