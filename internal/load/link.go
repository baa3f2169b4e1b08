package load

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"joltui/jolt"
)

// client is what a load needs of a [*jolt.Client].
type client interface {
	Do(context.Context, jolt.Request) (*jolt.Reply, error)
	Start(context.Context, jolt.Request, func(*jolt.Reply)) error
	Close() error
}

// OutageError says that a connection was lost and did not come back in time.
type OutageError struct {
	Addr  string        // where it was
	Cause error         // why it was lost, or could not be made again
	After time.Duration // how long the run waited; 0 if waiting was of no use
}

// Error implements error.
func (e *OutageError) Error() string {
	return fmt.Sprintf("load: the connection was lost, and is not back after %s: %v", e.After, e.Cause)
}

// Unwrap returns the cause.
func (e *OutageError) Unwrap() error { return e.Cause }

// link is a client, and what its events say about the connection.
type link struct {
	client
	addr      string
	maxOutage time.Duration
	fail      func(error) // ends the run

	mu      sync.Mutex
	up      chan struct{} // closed when it is up the next time
	cause   error         // of the outage that lasts
	lost    time.Time     // when it began; zero while up
	limit   *time.Timer   // ends the run when it lasts too long
	outages int
	outage  time.Duration // of all that are over
}

func newLink(addr string, maxOutage time.Duration, fail func(error)) *link {
	return &link{addr: addr, maxOutage: maxOutage, fail: fail, up: make(chan struct{})}
}

// handle takes the events of a client that only publishes.
func (l *link) handle(batch []jolt.Event) {
	for _, e := range batch {
		if change, ok := e.(*jolt.StateChange); ok {
			l.changed(change)
		}
	}
}

// changed follows the state of the connection.
func (l *link) changed(e *jolt.StateChange) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case e.State == jolt.Down:
		l.cause = e.Cause
		if e.Attempt == 0 { // the connection was up until now
			l.outages++
			l.lost = e.At
			l.limit = time.AfterFunc(l.maxOutage, l.tooLong)
		}
	case e.State == jolt.Closed && e.Cause != nil: // the client does not try again
		l.fail(&OutageError{Addr: l.addr, Cause: e.Cause})
	case e.State == jolt.Up:
		if !l.lost.IsZero() {
			l.limit.Stop()
			l.outage += e.At.Sub(l.lost)
			l.lost = time.Time{}
		}
		close(l.up)
		l.up = make(chan struct{})
	}
}

func (l *link) tooLong() {
	l.mu.Lock()
	lasts, cause := !l.lost.IsZero(), l.cause
	l.mu.Unlock()
	if lasts {
		l.fail(&OutageError{l.addr, cause, l.maxOutage})
	}
}

func (l *link) nextUp() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.up
}

func (l *link) isDown() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.lost.IsZero()
}

// outagesUntil returns how often the connection was lost, and for how long.
func (l *link) outagesUntil(now time.Time) (int, time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.lost.IsZero() {
		return l.outages, l.outage
	}
	return l.outages, l.outage + now.Sub(l.lost)
}

// publish starts a request, now or as soon as there is a connection again.
func (l *link) publish(ctx context.Context, r jolt.Request, done func(*jolt.Reply)) error {
	err := l.Start(ctx, r, done)
	for errors.Is(err, jolt.ErrNotConnected) {
		up := l.nextUp() // asked for before the next try, so as not to miss it
		if err = l.Start(ctx, r, done); !errors.Is(err, jolt.ErrNotConnected) {
			break
		}
		select {
		case <-up:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return err
}

// close ends the client, if there is one.
func (l *link) close() error {
	l.mu.Lock()
	if l.limit != nil {
		l.limit.Stop()
	}
	l.mu.Unlock()
	if l.client == nil {
		return nil
	}
	return l.client.Close()
}
