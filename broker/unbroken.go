package broker

import (
	"errors"
	"net"
	"os"
	"sync"
	"time"

	"joltui/jolt"
)

// unbroken is what stands between a socket and TLS, for which a write that has
// timed out is the end of the connection. Here it goes on, as long as the peer
// takes some of it within every stall. One that does not is told to stalled, and
// the write goes on until the deadline that was set from outside, or ends where
// nobody wants to know.
type unbroken struct {
	net.Conn
	stall time.Duration

	mu       sync.Mutex
	deadline time.Time // of the writes, from outside
	stalled  func(why *refusal)
}

// CloseWrite ends the output, where the socket can.
func (c *unbroken) CloseWrite() error { return closeWrite(c.Conn) }

// SetWriteDeadline bounds the write that is under way, and those to come.
func (c *unbroken) SetWriteDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.deadline = t
	return c.Conn.SetWriteDeadline(t)
}

// SetDeadline is SetWriteDeadline and SetReadDeadline.
func (c *unbroken) SetDeadline(t time.Time) error {
	return errors.Join(c.Conn.SetReadDeadline(t), c.SetWriteDeadline(t))
}

// onStall has f called when a peer takes nothing for a stall. It is set before the
// first write that may stall.
func (c *unbroken) onStall(f func(why *refusal)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stalled = f
}

// step sets the deadline of the next attempt to write, and reports whether there
// may be one. It comes often enough to see when the peer took something.
func (c *unbroken) step() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	if !c.deadline.IsZero() && !now.Before(c.deadline) {
		return false
	}
	next := now.Add(c.stall / 8)
	if !c.deadline.IsZero() && c.deadline.Before(next) {
		next = c.deadline
	}
	return c.Conn.SetWriteDeadline(next) == nil
}

func (c *unbroken) Write(p []byte) (written int, err error) {
	progress := time.Now()
	for c.step() {
		n, err := c.Conn.Write(p[written:])
		written += n
		switch {
		case !errors.Is(err, os.ErrDeadlineExceeded):
			return written, err
		case n > 0:
			progress = time.Now()
		case time.Since(progress) >= c.stall:
			if !c.report() {
				return written, os.ErrDeadlineExceeded
			}
			progress = time.Now()
		}
	}
	return written, os.ErrDeadlineExceeded
}

// report tells of a peer that has stalled, if somebody wants to know.
func (c *unbroken) report() bool {
	c.mu.Lock()
	stalled := c.stalled
	c.mu.Unlock()
	if stalled != nil {
		stalled(nothingRead(c.stall))
	}
	return stalled != nil
}

func nothingRead(stall time.Duration) *refusal {
	return refuse(jolt.CodeSlowConsumer, "nothing was read for %v", stall)
}
