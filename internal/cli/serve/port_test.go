package serve

import (
	"context"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/internal/cli/clitest"
)

// listener accepts connections on a free port and gives them to serve.
func listener(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			serve(conn)
		}
	}()
	return ln.Addr().String()
}

func TestWhoHasThePort(t *testing.T) {
	secure := broker.Config{Security: true, Users: []broker.User{{Name: "a", PasswordHash: brokertest.PasswordHash("x")}}}
	for name, tt := range map[string]struct {
		addr string
		want string
	}{
		"a broker":            {brokertest.Start(t, broker.Config{}).Addr, "by a Jolt broker that answers"},
		"one with users":      {brokertest.Start(t, secure).Addr, "by a Jolt broker that answers"},
		"HTTP":                {listener(t, func(c net.Conn) { c.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n")); c.Close() }), "by something that speaks HTTP, not Jolt"},
		"one that hangs up":   {listener(t, func(c net.Conn) { c.Close() }), "by something that is not a Jolt broker"},
		"nobody that listens": {"127.0.0.1:" + clitest.UnusedPort(t), "but nobody answers there"},
	} {
		if err := ListenError(t.Context(), tt.addr, syscall.EADDRINUSE); !strings.HasPrefix(err.Error(), tt.addr+" is in use "+tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	hangs := listener(t, func(c net.Conn) { t.Cleanup(func() { c.Close() }) })
	if got := occupant(ctx, hangs); !strings.HasPrefix(got, "by something that does not answer") {
		t.Errorf("one that hangs: %s", got)
	}
}

func TestReachable(t *testing.T) {
	for addr, want := range map[string]string{
		"0.0.0.0:80": "localhost:80", "[::]:80": "localhost:80", ":80": "localhost:80",
		"10.0.0.7:80": "10.0.0.7:80", "broker.example:80": "broker.example:80",
	} {
		if got := reachable(addr); got != want {
			t.Errorf("%s: %s, want %s", addr, got, want)
		}
	}
}
