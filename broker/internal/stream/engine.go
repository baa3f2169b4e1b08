package stream

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"
)

const (
	firstDial, lastDial = 20 * time.Millisecond, time.Second
	// askAgain is how often a stream is asked that cannot be read, or stores nothing.
	askAgain = 100 * time.Millisecond
	// ticksOfLag is after how many times that it is looked how far behind the reader is.
	ticksOfLag = 10
	// askTime bounds one question.
	askTime = 2 * time.Second
)

// Engine is one broker's end of the stream. Make one with [New], and start it with
// Start. Its methods are safe for concurrent use.
type Engine struct {
	log       *slog.Logger
	dial      func(context.Context) (conn, error)
	to        Receiver
	health    *health
	lag       *lag
	publisher *publisher
	counters  counters

	stop    context.CancelFunc
	running sync.WaitGroup

	mu      sync.Mutex
	conn    conn          // nil while there is none
	changed chan struct{} // closed when any of this changes
	acked   uint64        // the last block of this engine that was acknowledged
	taken   uint64        // the last block that was handed over
	closed  bool

	// The rest belongs to the reading goroutine.
	cursor   cursor
	messages []Message
}

// Receiver gets what brokers publish, in the order of the stream, with one call at a
// time.
type Receiver interface {
	// Receive takes messages, which are valid until it returns. Late says that the
	// stream may forget what comes next unless that is taken faster.
	Receive(messages []Message, late bool)
	// Interrupt says that messages are missing from here on, and why.
	Interrupt(reason string)
}

// engine makes an engine whose publisher's name is unique; keep is how long the stream
// keeps a block.
func engine(name string, keep time.Duration, log *slog.Logger, dial func(context.Context) (conn, error)) *Engine {
	e := &Engine{log: log, dial: dial, health: newHealth(), lag: &lag{keep: keep}, changed: make(chan struct{}), publisher: newPublisher(name)}
	e.cursor.keep = keep
	e.publisher.try, e.publisher.ended = e.try, e.ended
	return e
}

// begin reads the stream, from a block on that it publishes itself and so knows, and goes
// on when that is stored.
func (e *Engine) begin(ctx context.Context, c conn, to Receiver) error {
	s, err := c.state(ctx)
	if err != nil {
		return err
	}
	id := e.publisher.name + ".0"
	seq, err := c.publish(ctx, id, []byte{version})
	if err != nil {
		return err
	}
	e.to = to
	e.cursor = cursor{keep: e.cursor.keep, seq: seq, id: id, created: s.created, touched: time.Now()}
	e.note(func() { e.taken = seq })
	run, stop := context.WithCancel(context.Background())
	e.stop = stop
	e.running.Go(func() { e.publisher.run(run) })
	e.running.Go(func() { e.keep(run, c) })
	return nil
}

// Close ends the engine at once; what is being published is unknown then. It may be
// called more than once.
func (e *Engine) Close() {
	e.note(func() { e.closed = true })
	e.stop()
	e.running.Wait()
}

// Publish publishes a batch, which it does not keep, behind all that was published before.
func (e *Engine) Publish(b Batch) *Commit { return e.publisher.publish(b) }

// Ready returns nil while what is published can be stored, or why not.
func (e *Engine) Ready() error { return e.health.ready() }

// Pass waits until all that this engine has published, and that was acknowledged before
// the call, was handed to its receiver, or the engine is closed.
func (e *Engine) Pass(ctx context.Context) error {
	e.mu.Lock()
	goal := e.acked
	e.mu.Unlock()
	return e.await(ctx, func() bool { return e.taken >= goal || e.closed })
}

// await waits until something is so, which is asked with the mutex held.
func (e *Engine) await(ctx context.Context, so func() bool) error {
	for {
		e.mu.Lock()
		done, changed := so(), e.changed
		e.mu.Unlock()
		if done {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// note changes what await looks at.
func (e *Engine) note(change func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	change()
	close(e.changed)
	e.changed = make(chan struct{})
}

// try publishes a block once, as soon as there is a connection.
func (e *Engine) try(ctx context.Context, id string, data []byte) (uint64, error) {
	var c conn
	if err := e.await(ctx, func() bool { c = e.conn; return c != nil }); err != nil {
		return 0, fmt.Errorf("no connection to NATS: %w", err)
	}
	return c.publish(ctx, id, data)
}

func (e *Engine) ended(seq uint64, took time.Duration, err error) {
	e.counters.stored(err, took)
	if err != nil {
		e.log.Error("the stream has not acknowledged what was published: its publishers are disconnected", "error", err)
	}
	e.health.stored(err)
	e.note(func() { e.acked = max(e.acked, seq) })
}

// keep has a connection until ctx ends, and reads the stream.
func (e *Engine) keep(ctx context.Context, c conn) {
	for ctx.Err() == nil {
		e.note(func() { e.conn = c })
		e.health.link.ok()
		err := e.use(ctx, c)
		e.note(func() { e.conn = nil })
		c.close()
		if ctx.Err() == nil {
			e.health.link.broken(fmt.Errorf("no connection to NATS: %w", err))
			e.log.Warn("lost the connection to NATS, connecting again", "error", err)
			c = e.redial(ctx)
		}
	}
	if c != nil {
		c.close()
	}
}

// redial returns a connection, or nil when ctx has ended.
func (e *Engine) redial(ctx context.Context) conn {
	for wait := firstDial; ; wait = min(2*wait, lastDial) {
		c, err := e.dial(ctx)
		if err == nil {
			e.counters.reconnects.Add(1)
			e.log.Info("connected to NATS again")
			return c
		}
		e.health.link.broken(fmt.Errorf("no connection to NATS: %w", err))
		select {
		case <-time.After(wait/2 + rand.N(wait)/2):
		case <-ctx.Done():
			return nil
		}
	}
}

// use reads the stream for as long as the connection lasts, and returns why it ended.
func (e *Engine) use(ctx context.Context, c conn) error {
	ctx, cancel := context.WithCancel(ctx)
	var probing sync.WaitGroup
	defer func() {
		cancel()
		probing.Wait()
	}()
	probing.Go(func() { e.probe(ctx, c) })
	for {
		err := e.follow(ctx, c)
		select {
		case <-c.lost():
			return err
		case <-ctx.Done():
			return err
		case <-time.After(askAgain):
			e.health.reading.broken(fmt.Errorf("the stream cannot be read: %w", err))
		}
	}
}

// follow reads the stream until that fails.
func (e *Engine) follow(ctx context.Context, c conn) error {
	s, err := e.state(ctx, c)
	if err != nil {
		return err
	}
	from, hole := e.cursor.begin(s, time.Now())
	if hole != "" {
		e.interrupt(hole)
		// The numbers of a stream that was made anew begin at 1.
		e.note(func() { e.taken, e.acked = e.cursor.seq, min(e.acked, e.cursor.seq) })
	}
	return c.follow(ctx, from, e)
}

// state asks for the state of the stream. A new leader may not know at once all that
// its quorum has stored.
func (e *Engine) state(ctx context.Context, c conn) (s state, err error) {
	for range 20 {
		ask, cancel := context.WithTimeout(ctx, askTime)
		s, err = c.state(ask)
		cancel()
		if err != nil || s.last >= e.cursor.seq || !s.created.Equal(e.cursor.created) {
			return s, err
		}
		select {
		case <-time.After(askAgain):
		case <-ctx.Done():
			return s, context.Cause(ctx)
		}
	}
	return s, nil
}

// block implements follower.
func (e *Engine) block(b stored) error {
	e.health.reading.ok()
	what, err := e.cursor.accept(b, time.Now())
	if err != nil || what == skip {
		return err
	}
	e.counters.in.Add(1)
	e.lag.reached(b)
	e.messages, err = decode(b.data, e.messages[:0])
	if err != nil {
		e.interrupt(err.Error())
	} else if len(e.messages) > 0 {
		e.to.Receive(e.messages, e.lag.isLate())
	}
	clear(e.messages) // or they would keep the block
	e.note(func() { e.taken = b.seq })
	return nil
}

// beat implements follower.
func (e *Engine) beat(last uint64) error {
	e.health.reading.ok()
	return e.cursor.beat(last, time.Now())
}

func (e *Engine) interrupt(reason string) {
	e.counters.interruptions.Add(1)
	e.log.Error("messages are missing: all subscribers are disconnected", "reason", reason)
	e.to.Interrupt(reason)
}

// probe asks, while nothing was stored, whether that has changed, and where there is much
// to read how much that is.
func (e *Engine) probe(ctx context.Context, c conn) {
	for tick := 0; ; tick++ {
		select {
		case <-time.After(askAgain):
		case <-ctx.Done():
			return
		}
		if e.health.failed() == nil && (tick%ticksOfLag != 0 || !e.lag.behind()) {
			continue
		}
		ask, cancel := context.WithTimeout(ctx, askTime)
		if s, err := c.state(ask); err == nil {
			e.health.stored(nil)
			e.lag.look(s)
		}
		cancel()
	}
}
