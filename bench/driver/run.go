package driver

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// Run publishes so many messages and returns how long it took until the last
// subscriber had the last message and the publisher the last acknowledgement.
// Connecting and subscribing does not count. A message that is missing, comes
// twice or out of order, or a reply that is not the right one, is an error.
func Run(ctx context.Context, t Target, l Load, messages int) (time.Duration, error) {
	return Hold(ctx, t, l, messages, func() error { return nil })
}

// Hold does what [Run] does, and calls f when all messages have come, before it
// disconnects.
func Hold(ctx context.Context, t Target, l Load, messages int, f func() error) (time.Duration, error) {
	if err := l.check(messages); err != nil {
		return 0, err
	}
	ctx, fail := context.WithCancelCause(ctx) // its end closes the connections
	defer fail(nil)
	all, err := connect(ctx, t, l)
	defer all.close()
	if err != nil {
		return 0, err
	}
	elapsed := all.run(messages, fail)
	if err := context.Cause(ctx); err != nil {
		return 0, err
	}
	if err := f(); err != nil {
		return 0, err
	}
	return elapsed, all.end()
}

// fleet is all connections of a run.
type fleet struct {
	conns       []*Conn
	publisher   *publisher
	subscribers []*subscriber
}

// connect returns what was connected even after an error.
func connect(ctx context.Context, t Target, l Load) (*fleet, error) {
	f := &fleet{}
	for i := range l.Subscribers {
		conn, err := f.dial(ctx, t)
		if err != nil {
			return f, fmt.Errorf("subscriber %d of %d: %w", i+1, l.Subscribers, err)
		}
		s, err := newSubscriber(conn, l)
		if err != nil {
			return f, fmt.Errorf("subscriber %d of %d: %w", i+1, l.Subscribers, err)
		}
		f.subscribers = append(f.subscribers, s)
	}
	conn, err := f.dial(ctx, t)
	if err != nil {
		return f, fmt.Errorf("publisher: %w", err)
	}
	f.publisher = newPublisher(conn, l)
	return f, nil
}

func (f *fleet) dial(ctx context.Context, t Target) (*Conn, error) {
	conn, err := t.Dial(ctx)
	if err == nil {
		f.conns = append(f.conns, conn)
	}
	return conn, err
}

// run returns when all have ended. What goes wrong first is the cause that it
// calls fail with.
func (f *fleet) run(messages int, fail context.CancelCauseFunc) time.Duration {
	var running sync.WaitGroup
	start := time.Now()
	for i, s := range f.subscribers {
		running.Go(func() {
			if err := s.receive(messages); err != nil {
				fail(fmt.Errorf("subscriber %d of %d: %w", i+1, len(f.subscribers), err))
			}
		})
	}
	running.Go(func() {
		if err := f.publisher.publish(messages); err != nil {
			fail(fmt.Errorf("publisher: %w", err))
		}
	})
	running.Wait()
	return time.Since(start)
}

// end makes sure that nobody got more than was expected.
func (f *fleet) end() error {
	for i, s := range f.subscribers {
		if err := s.end(); err != nil {
			return fmt.Errorf("subscriber %d of %d: %w", i+1, len(f.subscribers), err)
		}
	}
	if err := f.publisher.end(); err != nil {
		return fmt.Errorf("publisher: %w", err)
	}
	return nil
}

func (f *fleet) close() {
	for _, conn := range f.conns {
		conn.Close()
	}
}
