package jolt

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"time"
)

// run is the one goroutine that makes connections, and reads them.
func (c *Client) run(ctx context.Context) {
	defer close(c.ended)
	defer c.events.callbacks.join()()
	var t tries
	for ctx.Err() == nil {
		c.changed(&StateChange{State: Connecting, Attempt: t.failed + 1})
		up, lasted, cause := c.connection(ctx)
		t.ended(up, lasted)
		if ctx.Err() != nil {
			break
		}
		c.settled(cause)
		if c.cfg.NoReconnect || !c.worthRetry(cause) {
			c.finish(cause)
			return
		}
		wait := c.cfg.Backoff(t.count())
		c.changed(&StateChange{State: Down, Attempt: t.failed, Cause: cause, Since: c.since(), RetryAt: time.Now().Add(wait)})
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
	c.finish(nil)
}

// connection makes one connection and stays with it until it ends. It returns for
// how long the client was up.
func (c *Client) connection(ctx context.Context) (up bool, lasted time.Duration, cause error) {
	s, err := c.dial(ctx)
	if err != nil {
		return false, 0, err
	}
	err = s.run(ctx)
	return s.up, time.Since(s.upSince), err
}

func (c *Client) dial(ctx context.Context) (*session, error) {
	ctx, cancel := context.WithTimeout(ctx, c.cfg.ConnectTimeout)
	defer cancel()
	conn, err := c.cfg.Dial(ctx, "tcp", c.cfg.Addr)
	if err != nil {
		return nil, err
	}
	socket := &socket{Conn: conn}
	socket.begin(time.Now())
	if c.cfg.TLS == nil {
		return newSession(c, socket, socket), nil
	}
	cfg := c.cfg.TLS.Clone()
	if cfg.ServerName == "" {
		cfg.ServerName, _, _ = net.SplitHostPort(c.cfg.Addr)
	}
	secure := tls.Client(socket, cfg)
	if err := secure.HandshakeContext(ctx); err != nil {
		conn.Close()
		return nil, err
	}
	return newSession(c, abrupt{secure}, socket), nil
}

// abrupt closes TLS without the farewell, which waits up to 5 s, or for as long
// as the writer moves its deadline, for a peer that does not read.
type abrupt struct{ *tls.Conn }

func (a abrupt) Close() error { return a.NetConn().Close() }

// worthRetry is the one place that says which failures may heal by
// themselves. All do (the network, a restarting or a busy broker, even a
// certificate that is replaced), except a login that the broker has never accepted,
// which would only lock the account, or none that is to be tried again, and one that
// must not be sent at all.
func (c *Client) worthRetry(cause error) bool {
	if errors.Is(cause, ErrUnsafeAuth) {
		return false
	}
	var rejected *RejectedError
	if !errors.As(cause, &rejected) || rejected.Op != OpAuth || rejected.Code() == CodeBusy {
		return true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.accepted && !c.cfg.NoLoginRetry
}
