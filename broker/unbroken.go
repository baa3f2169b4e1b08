package broker

import (
	"errors"
	"net"
	"os"
	"sync/atomic"
	"time"

	"joltui/jolt"
)

// unbroken is what stands between a socket and TLS, for which a write that has
// timed out is the end of the connection. Here it goes on, as long as the peer
// takes some of it within every stall, as an outbox does that writes to a socket.
type unbroken struct {
	net.Conn
	stall time.Duration
	ended atomic.Bool
}

// SetDeadline is how an outbox ends the write that is under way.
func (c *unbroken) SetDeadline(t time.Time) error {
	c.ended.Store(true)
	return c.Conn.SetDeadline(t)
}

// CloseWrite ends the output, where the socket can.
func (c *unbroken) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return errors.ErrUnsupported
}

func (c *unbroken) Write(p []byte) (written int, err error) {
	progress := time.Now()
	for {
		n, err := c.Conn.Write(p[written:])
		written += n
		switch {
		case !errors.Is(err, os.ErrDeadlineExceeded):
			return written, err
		case c.ended.Load():
			return written, net.ErrClosed
		case n > 0:
			progress = time.Now()
		case time.Since(progress) >= c.stall:
			return written, refuse(jolt.CodeSlowConsumer, "nothing was read for %v", c.stall)
		}
		c.Conn.SetWriteDeadline(time.Now().Add(c.stall / 4))
		if c.ended.Load() { // in between, and the deadline that was to end it is gone
			return written, net.ErrClosed
		}
	}
}
