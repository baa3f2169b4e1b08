package jolt

import (
	"fmt"
	"slices"
	"time"
)

// What a client knows, beyond one connection.

func (c *Client) changed(e *StateChange) {
	e.At, e.Addr = time.Now(), c.cfg.Addr
	c.events.emit([]Event{e})
}

// settled ends the wait of Dial; only the first call counts.
func (c *Client) settled(err error) {
	select {
	case c.first <- err:
	default:
	}
}

// ready makes s the connection that operations use.
func (c *Client) ready(s *session) {
	c.mu.Lock()
	c.session, c.lost = s, nil
	c.mu.Unlock()
	c.settled(nil)
}

// down takes s out of use. It is called before the calls of s get their
// outcome, so that whoever sees one as unknown does not call into s again.
// Up to since it had brought everything.
func (c *Client) down(s *session, since time.Time, cause error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.session == s {
		c.session = nil
		c.lost = &outage{since, cause}
	}
}

// finish ends the client.
func (c *Client) finish(cause error) {
	c.mu.Lock()
	c.closed = ErrClosed
	if cause != nil {
		c.closed = fmt.Errorf("%w: %w", ErrClosed, cause)
	}
	c.mu.Unlock()
	c.changed(&StateChange{State: Closed, Cause: cause})
}

func (c *Client) current() (*session, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.session != nil {
		return c.session, nil
	}
	if c.closed != nil {
		return nil, c.closed
	}
	if c.lost != nil && c.lost.cause != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotConnected, c.lost.cause)
	}
	return nil, ErrNotConnected
}

func (c *Client) login() (user, pass string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.user, c.pass
}

func (c *Client) wanted() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.topics)
}

// since is up to when everything had come, while an outage lasts; else zero.
func (c *Client) since() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.lost == nil {
		return time.Time{}
	}
	return c.lost.since
}

// gap describes the outage that ends now; nil if there was none. Its times are those
// of the wall clock, as far apart as either clock says.
func (c *Client) gap(now time.Time) *Gap {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.lost == nil {
		return nil
	}
	to := now.Round(0)
	return &Gap{From: to.Add(-apart(c.lost.since, now)), To: to, Cause: c.lost.cause}
}

// learn keeps what an outcome means for the connections to come. A
// subscription of unknown outcome is asked for again: asking twice does no harm.
func (c *Client) learn(call *call) {
	r, o := &call.reply.Request, call.reply.Outcome
	switch {
	case r.Op == OpAuth && o == Acknowledged:
		c.mu.Lock()
		c.user, c.pass, c.accepted = r.User, call.pass, true
		c.mu.Unlock()
	case r.Auto:
	case r.Op == OpSubscribe && (o == Acknowledged || o == Unknown):
		c.want(r.Topic)
	case r.Op == OpUnsubscribe && (o == Acknowledged || o == Unknown):
		c.Forget(r.Topic)
	}
}

func (c *Client) want(topic string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.Contains(c.topics, topic) {
		c.topics = append(c.topics, topic)
	}
}
