package jolt

import "context"

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
