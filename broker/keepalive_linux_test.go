package broker

import (
	"net"
	"syscall"
	"testing"
)

// The system gives up a peer that is gone within a minute.
func TestKeepAlive(t *testing.T) {
	ln := listen(t)
	defer ln.Close()
	client := dialRaw(t, ln.Addr().String())
	defer client.Close()
	conn, err := ln.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	detectDead(conn)
	raw, err := conn.(*net.TCPConn).SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	option := func(level, name int) (value int) {
		if control := raw.Control(func(fd uintptr) { value, err = syscall.GetsockoptInt(int(fd), level, name) }); control != nil || err != nil {
			t.Fatal(control, err)
		}
		return value
	}
	seconds := option(syscall.IPPROTO_TCP, syscall.TCP_KEEPIDLE) +
		option(syscall.IPPROTO_TCP, syscall.TCP_KEEPINTVL)*option(syscall.IPPROTO_TCP, syscall.TCP_KEEPCNT)
	if on := option(syscall.SOL_SOCKET, syscall.SO_KEEPALIVE); on != 1 || seconds != 60 {
		t.Errorf("keep-alive is %d, and takes %d s", on, seconds)
	}
}
