package publisher

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"joltui/jolt"
)

// grace is how long replies are waited for once nothing more is to be published.
const grace = time.Second

// Client publishes without waiting for the outcome, as [*jolt.Client] does.
type Client interface {
	Start(context.Context, jolt.Request, func(*jolt.Reply)) error
}

// Message is what is to be published.
type Message struct {
	Topic, Data string
	Line        int64 // of the input that it comes from, the first is 1; 0 where there are no lines
}

// Publisher publishes messages, one after the other, and counts what becomes of them.
// Publish and Wait are for one goroutine; the other methods for any.
type Publisher struct {
	// Reconnect goes on after an outage with what was not sent, in the same order. What
	// was sent is never sent again. It is set before there is a client.
	Reconnect bool

	client Client
	ctx    context.Context // in which what was not sent is sent again
	up     chan struct{}   // holds one when there is a connection again
	gone   chan struct{}   // closed when the client has ended
	idle   chan struct{}   // holds one when all that was started has its outcome

	// order is held from taking a message out of the queue until the client has it, so
	// that one which comes back is before those that were never tried. The client's
	// goroutine takes it only for a request that was not sent: its connection has ended,
	// and Start waits no more.
	order lock
	queue queue

	mu      sync.Mutex
	started int64
	known   Progress
	waiting int64 // in the queue
	next    int64 // the line of the first of those
	lost    error
}

// Progress is what has become of the messages so far.
type Progress struct {
	Outcomes
	Latency time.Duration // of the latest reply
	Lines   Lines         // where the messages are lines
	Refusal error         // of the first message that the broker refused
	Fault   error         // of the first whose outcome is unknown, or that there was no connection for
	Bad     error         // of the first that cannot be sent by any connection
}

// New returns a publisher that has published nothing. After the end of ctx nothing is
// sent again.
func New(ctx context.Context) *Publisher {
	return &Publisher{ctx: ctx, up: make(chan struct{}, 1), gone: make(chan struct{}), idle: make(chan struct{}, 1), order: make(lock, 1)}
}

// Use makes client the one that publishes. It comes before the first message.
func (p *Publisher) Use(client Client) { p.client = client }

// Handle learns from the client's events how the connection is. It is, or is called by,
// its [jolt.Config.Handler].
func (p *Publisher) Handle(batch []jolt.Event) {
	for _, e := range batch {
		s, ok := e.(*jolt.StateChange)
		switch {
		case ok && s.State == jolt.Up:
			signal(p.up)
			if p.Reconnect {
				go p.push(p.ctx) // Publish may wait for the next message
			}
		case ok && s.State == jolt.Closed:
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

// Progress returns what has become of the messages so far. Those that wait for a
// connection count as not sent.
func (p *Publisher) Progress() Progress {
	p.mu.Lock()
	defer p.mu.Unlock()
	known := p.known
	known.NotSent += p.waiting
	known.Lines = known.Lines.clone()
	if l := &known.Lines; p.next > 0 && (l.NotSent == 0 || p.next < l.NotSent) {
		l.NotSent = p.next
	}
	return known
}

// Publish hands a message to the client, and waits while too many are under way, or,
// with Reconnect, for a connection. An error means that the messages after this one
// cannot be sent either. One that can never be sent, because of what is in it, is counted
// as not sent, and is no error.
func (p *Publisher) Publish(ctx context.Context, m Message) error {
	p.enqueue(m)
	for {
		err := p.push(ctx)
		if !p.Reconnect || !errors.Is(err, jolt.ErrNotConnected) {
			return err
		}
		select {
		case <-p.up:
		case <-p.gone:
			return fmt.Errorf("%w: %w", jolt.ErrNotConnected, p.Lost())
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (p *Publisher) enqueue(m Message) {
	p.order.take()
	defer p.order.give()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.started++
	heap.Push(&p.queue, queued{m, p.started})
	p.queueChanged()
}

// queueChanged keeps what can be known of the queue without the order. Both mutexes are
// held.
func (p *Publisher) queueChanged() {
	p.waiting, p.next = int64(len(p.queue)), 0
	if len(p.queue) > 0 {
		p.next = p.queue[0].Line
	}
}

// push hands what is in the queue to the client.
func (p *Publisher) push(ctx context.Context) error {
	p.order.take()
	defer p.order.give()
	for len(p.queue) > 0 {
		next := p.queue[0]
		err := p.client.Start(ctx, jolt.Request{Op: jolt.OpPublish, Topic: next.Topic, Data: next.Data},
			func(r *jolt.Reply) { p.answered(next, r) })
		if p.Reconnect && errors.Is(err, jolt.ErrNotConnected) {
			return err
		}
		heap.Pop(&p.queue)
		if err = p.left(next, err); err != nil {
			return err
		}
	}
	return nil
}

// left notes that a message is out of the queue. It returns the error of a client that
// cannot send any message.
func (p *Publisher) left(m queued, err error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.queueChanged()
	switch {
	case err == nil:
		return nil
	case errors.Is(err, jolt.ErrBadTopic), errors.Is(err, jolt.ErrInvalidUTF8):
		p.known.Bad = first(p.known.Bad, err)
		p.known.Lines.Bad.add(m.Line)
		p.settle(m, jolt.NotSent, nil)
		return nil
	}
	p.settle(m, jolt.NotSent, err)
	return err
}

// answered takes an outcome, on the client's goroutine.
func (p *Publisher) answered(m queued, r *jolt.Reply) {
	if r.Outcome == jolt.NotSent && p.Reconnect {
		p.order.take()
		defer p.order.give()
		p.mu.Lock()
		defer p.mu.Unlock()
		heap.Push(&p.queue, m)
		p.queueChanged()
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.known.Latency = r.Latency()
	p.settle(m, r.Outcome, r.Err)
}

// settle counts an outcome. The mutex is held.
func (p *Publisher) settle(m queued, outcome jolt.Outcome, err error) {
	*p.known.of(outcome)++
	p.known.Lines.settle(m.Line, outcome)
	if outcome == jolt.Rejected {
		p.known.Refusal = first(p.known.Refusal, err)
	} else {
		p.known.Fault = first(p.known.Fault, err)
	}
	if p.known.Sum() == p.started {
		signal(p.idle)
	}
}

// Wait returns when each message has its outcome, or there is no connection any more.
// After the end of ctx it waits for a second for what is under way.
func (p *Publisher) Wait(ctx context.Context) {
	ended, late := ctx.Done(), (<-chan time.Time)(nil)
	for {
		p.mu.Lock()
		left := p.started - p.known.Sum()
		unsent := ended == nil && left == p.waiting // nothing is under way, and nothing more will be
		p.mu.Unlock()
		if left == 0 || unsent {
			return
		}
		select {
		case <-p.idle:
		case <-p.gone:
			return
		case <-late:
			return
		case <-ended:
			ended, late = nil, time.After(grace)
		}
	}
}

func first(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// lock is a mutex that may be held for long: who waits for it counts as idle in a test's
// bubble of fake time.
type lock chan struct{}

func (l lock) take() { l <- struct{}{} }
func (l lock) give() { <-l }

// signal leaves one in a channel that has room for one.
func signal(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
