//go:build !unix

package broker

import "net"

// tryWriter leaves everything to the outbox's goroutine on systems whose
// sockets are not file descriptors.
type tryWriter struct{}

func newTryWriter(net.Conn) tryWriter { return tryWriter{} }

func (tryWriter) write([]byte) int { return 0 }

// tryReader waits a moment there, for what would be there at once.
type tryReader struct{ conn net.Conn }

func newTryReader(conn net.Conn) tryReader { return tryReader{conn} }

func (r tryReader) read(p []byte) (int, error) { return readSoon(r.conn, p) }

// descriptors are not bounded there.
func descriptors() (uint64, bool) { return 0, false }
