package jolt

import (
	"io"
	"net"
	"os"
	"sync/atomic"
	"syscall"
	"time"
)

// inbox is the client's end of a pipe with a socket's buffer: what the broker sends
// waits there, as long as the client does not read.
type inbox struct {
	net.Conn
	bytes    chan byte
	deadline time.Time
	resets   atomic.Bool  // the connection ends with a reset
	frozen   atomic.Int64 // so many nanoseconds the next read takes longer, as in a process that is stopped
	stuck    atomic.Bool  // nothing can be sent
	closed   atomic.Bool
	client   *Client
}

func newInbox(conn net.Conn) *inbox {
	in := &inbox{Conn: conn, bytes: make(chan byte, 1<<20)}
	go func() {
		defer close(in.bytes)
		for p := make([]byte, 1<<10); ; {
			n, err := conn.Read(p)
			for _, b := range p[:n] {
				in.bytes <- b
			}
			if err != nil {
				return
			}
		}
	}()
	return in
}

func (in *inbox) SetReadDeadline(t time.Time) error { in.deadline = t; return nil }

func (in *inbox) Write(p []byte) (int, error) {
	if in.stuck.Load() {
		return 0, syscall.EPIPE
	}
	return in.Conn.Write(p)
}

func (in *inbox) Close() error {
	in.closed.Store(true)
	return in.Conn.Close()
}

func (in *inbox) Read(p []byte) (int, error) {
	if in.closed.Load() {
		return 0, net.ErrClosed
	}
	time.Sleep(time.Duration(in.frozen.Swap(0)))
	var late <-chan time.Time
	if !in.deadline.IsZero() {
		late = time.After(time.Until(in.deadline))
	}
	select {
	case b, ok := <-in.bytes:
		return in.rest(p, b, ok)
	default:
	}
	select {
	case b, ok := <-in.bytes:
		return in.rest(p, b, ok)
	case <-late:
		return 0, os.ErrDeadlineExceeded
	}
}

// rest reads what is there, of which b is the first.
func (in *inbox) rest(p []byte, b byte, ok bool) (n int, err error) {
	for ; ok; b, ok = <-in.bytes {
		p[n] = b
		if n++; n == len(p) || len(in.bytes) == 0 {
			return n, nil
		}
	}
	switch {
	case n > 0:
		return n, nil
	case in.resets.Load():
		return 0, &net.OpError{Op: "read", Err: os.NewSyscallError("read", syscall.ECONNRESET)}
	default:
		return 0, io.EOF
	}
}
