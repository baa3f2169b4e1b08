//go:build unix

package broker

import (
	"errors"
	"io"
	"net"
	"os"
	"syscall"
)

// tryWriter writes what the socket takes at once.
type tryWriter struct {
	raw syscall.RawConn // nil if conn is not a socket
}

func newTryWriter(conn net.Conn) tryWriter { return tryWriter{rawConn(conn)} }

// rawConn returns nil if conn is not a socket.
func rawConn(conn net.Conn) syscall.RawConn {
	if c, ok := conn.(syscall.Conn); ok {
		if raw, err := c.SyscallConn(); err == nil {
			return raw
		}
	}
	return nil
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

// tryReader reads what a socket has at once.
type tryReader struct {
	conn net.Conn
	raw  syscall.RawConn // nil if conn is not a socket
}

func newTryReader(conn net.Conn) tryReader { return tryReader{conn, rawConn(conn)} }

// read reads without waiting. Where nothing has arrived the error is
// os.ErrDeadlineExceeded, as of a wait that is over.
func (r tryReader) read(p []byte) (n int, err error) {
	if r.raw == nil {
		return readSoon(r.conn, p)
	}
	failed := r.raw.Read(func(fd uintptr) bool {
		for n, err = syscall.Read(int(fd), p); errors.Is(err, syscall.EINTR); {
			n, err = syscall.Read(int(fd), p)
		}
		return true
	})
	switch {
	case failed != nil:
		return 0, failed
	case errors.Is(err, syscall.EAGAIN):
		return 0, os.ErrDeadlineExceeded
	case err != nil:
		return 0, err
	case n == 0:
		return 0, io.EOF
	}
	return n, nil
}

// descriptors returns how many files and sockets the process may have open.
func descriptors() (uint64, bool) {
	var l syscall.Rlimit
	err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &l)
	return uint64(l.Cur), err == nil
}
