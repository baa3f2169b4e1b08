//go:build unix

package broker

import (
	"net"
	"syscall"
)

// tryWriter writes what the socket takes at once.
type tryWriter struct {
	raw syscall.RawConn // nil if conn is not a socket
}

func newTryWriter(conn net.Conn) tryWriter {
	if c, ok := conn.(syscall.Conn); ok {
		if raw, err := c.SyscallConn(); err == nil {
			return tryWriter{raw}
		}
	}
	return tryWriter{}
}

// write writes as much of p as it can without waiting and returns how much
// that was. An error will show again in the next ordinary write.
func (w tryWriter) write(p []byte) int {
	if w.raw == nil {
		return 0
	}
	n := 0
	w.raw.Write(func(fd uintptr) bool {
		n, _ = syscall.Write(int(fd), p)
		return true
	})
	return max(n, 0)
}
