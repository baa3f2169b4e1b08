package broker

import (
	"errors"
	"net"
	"os"
	"sync/atomic"
	"time"
)

// mostArrived bounds what is still read from a connection that is about to end: as
// much as a socket holds. One who goes on sending would else never come to an end.
const mostArrived = 8 << 20

// arrivals is the reading side of a connection. After last it gives only what has
// arrived already, and then os.ErrDeadlineExceeded: clients that publish and close
// without reading, or that a shutdown meets, have sent that, and it is carried out.
type arrivals struct {
	net.Conn
	reader tryReader
	ending atomic.Bool
	read   int // since last
}

func newArrivals(conn net.Conn) *arrivals {
	return &arrivals{Conn: conn, reader: newTryReader(conn)}
}

// last ends the waiting for more. It is safe for concurrent use with Read.
func (a *arrivals) last() {
	if !a.ending.Swap(true) { // a second time could cut short the reading of the rest
		a.Conn.SetReadDeadline(past)
	}
}

// Read reads as the connection does, until last was called.
func (a *arrivals) Read(p []byte) (int, error) {
	if !a.ending.Load() {
		n, err := a.Conn.Read(p)
		if n > 0 || !errors.Is(err, os.ErrDeadlineExceeded) || !a.ending.Load() {
			return n, err
		}
	}
	if a.read > mostArrived {
		return 0, os.ErrDeadlineExceeded
	}
	a.Conn.SetReadDeadline(time.Time{})
	n, err := a.reader.read(p)
	a.read += n
	return n, err
}

// CloseWrite ends the output, where the socket can.
func (a *arrivals) CloseWrite() error { return closeWrite(a.Conn) }

// closeWrite ends the output of a connection, where it can.
func closeWrite(conn net.Conn) error {
	if half, ok := conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return errors.ErrUnsupported
}

// readSoon is tryReader where a socket cannot be read without waiting.
func readSoon(conn net.Conn, p []byte) (int, error) {
	const soon = 20 * time.Millisecond
	conn.SetReadDeadline(time.Now().Add(soon))
	return conn.Read(p)
}
