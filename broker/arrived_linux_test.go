package broker_test

import (
	"crypto/tls"
	"fmt"
	"net"
	"runtime"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// A client that resets the connection, as one does that is killed with replies unread,
// has all carried out that had arrived by then.
func TestResetAfterData(t *testing.T) {
	for _, users := range []bool{false, true} {
		t.Run(fmt.Sprintf("users %v", users), func(t *testing.T) {
			s := newPublishAndClose(t, users, false)
			for n := range 20 {
				s.publish(n, func(conn net.Conn) error {
					awaitArrival(t, conn.(*net.TCPConn))
					if err := conn.(*net.TCPConn).SetLinger(0); err != nil {
						return err
					}
					return conn.Close()
				})
				s.expect(n)
			}
		})
	}
}

// A shutdown carries out what has arrived and was not read yet, with TLS as without.
func TestShutdownAfterData(t *testing.T) {
	for _, encrypted := range []bool{false, true} {
		t.Run(fmt.Sprintf("TLS %v", encrypted), func(t *testing.T) {
			s := newPublishAndClose(t, false, encrypted)
			s.publish(0, func(conn net.Conn) error {
				if secured, ok := conn.(*tls.Conn); ok {
					conn = secured.NetConn()
				}
				awaitArrival(t, conn.(*net.TCPConn))
				go s.broker.Shutdown(t.Context())
				return nil
			})
			s.expect(0)
		})
	}
}

// awaitArrival waits until the peer's system has all that was written: there is no
// event for that.
func awaitArrival(t *testing.T, conn *net.TCPConn) {
	raw, err := conn.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); ; runtime.Gosched() {
		var left int32
		raw.Control(func(fd uintptr) {
			if _, _, no := syscall.Syscall(syscall.SYS_IOCTL, fd, syscall.TIOCOUTQ, uintptr(unsafe.Pointer(&left))); no != 0 {
				t.Fatal(no)
			}
		})
		if left == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d bytes never arrived", left)
		}
	}
}
