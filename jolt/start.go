package jolt

import (
	"context"
	"fmt"
)

// Start queues a request and returns without waiting for its outcome. done, if
// it is not nil, is called once with the outcome, after [Config.Handler] has
// had it as an event, in the order in which requests were started.
//
// With [Config.Window] set to some thousand, a publisher that does not wait is
// several hundred times as fast as one that does. Start waits, until there is
// room or ctx ends, while as many requests as a window has are queued behind
// the window that is under way; so at most two windows are without an outcome.
//
// In a handler Start does not even wait for room: it queues up to 16,384 requests, and
// then fails with [ErrInHandler], so that a handler may answer what it gets.
//
// An error, as [Client.Do] would return, means that the request was never sent,
// and done is not called. After nil the end of ctx means nothing any more. Like
// Handler, done runs on the goroutine that reads the connection, and must be quick.
func (c *Client) Start(ctx context.Context, r Request, done func(*Reply)) error {
	s, err := c.prepare(ctx, r)
	if err == nil {
		r.Auto = false
		pending := newCall(r)
		pending.told = done
		err = s.calls.join(ctx, pending, c.events.callbacks.inside)
	}
	if err != nil {
		_, err = c.refuse(r, err)
	}
	return err
}

// StartPublish is [Client.Start] for a publish.
func (c *Client) StartPublish(ctx context.Context, topic, data string, done func(*Reply)) error {
	return c.Start(ctx, Request{Op: OpPublish, Topic: topic, Data: data}, done)
}

// join queues a request as add does, once fewer than a window are waiting, or at once
// where inside says that the caller must not wait.
func (q *calls) join(ctx context.Context, c *call, inside func() bool) error {
	for {
		room, err := q.tryJoin(c)
		if room == nil {
			return err
		}
		if inside() { // asked only here: it takes some microseconds
			return q.pushIn(c)
		}
		select {
		case <-room:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// tryJoin queues a request if there is room, and returns what to wait for if not.
func (q *calls) tryJoin(c *call) (room <-chan struct{}, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.ended:
		return nil, ErrNotConnected
	case len(q.waiting) < q.window:
		q.waiting = append(q.waiting, c)
		q.wake()
		return nil, nil
	case q.room == nil:
		q.room = make(chan struct{})
	}
	return q.room, nil
}

// mostStarted bounds what handlers may start: they cannot wait for room.
const mostStarted = 16 << 10

// pushIn queues a request as join does, but without waiting for room.
func (q *calls) pushIn(c *call) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.ended:
		return ErrNotConnected
	case len(q.waiting) >= mostStarted:
		return fmt.Errorf("%w: %d requests wait already", ErrInHandler, len(q.waiting))
	}
	q.waiting = append(q.waiting, c)
	q.wake()
	return nil
}
