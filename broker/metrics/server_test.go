package metrics

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"joltui/broker"
)

// ask sends a request on a connection that is kept.
func ask(conn net.Conn, host string) (status int, err error) {
	if _, err := fmt.Fprintf(conn, "GET /healthz HTTP/1.1\r\nHost: %s\r\n\r\n", host); err != nil {
		return 0, err
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(io.Discard, res.Body)
	return res.StatusCode, err
}

// Connections that are kept are bounded: the one that has been idle for longest makes
// room.
func TestConnectionsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &connections{since: make(map[net.Conn]time.Time)}
		conns := make([]net.Conn, mostConnections+2)
		for n := range conns {
			ours, theirs := net.Pipe()
			defer theirs.Close()
			conns[n] = ours
			c.changed(ours, http.StateNew)
			time.Sleep(time.Second)
			if n == mostConnections-1 {
				c.changed(conns[0], http.StateIdle) // it is used again
			}
		}
		for n, conn := range conns {
			closed := conn.SetDeadline(time.Time{}) != nil
			if want := n == 1 || n == 2; closed != want {
				t.Errorf("connection %d is closed: %v", n, closed)
			}
			conn.Close()
			c.changed(conn, http.StateClosed)
		}
		if len(c.since) != 0 {
			t.Errorf("%d are still counted", len(c.since))
		}
	})
}

// Only requests for this machine are answered.
func TestServerIsLocal(t *testing.T) {
	b, err := broker.New(broker.Config{})
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := New(b).Server(ln, slog.New(slog.DiscardHandler))
	if server.IdleTimeout != idleTimeout {
		t.Errorf("idle connections are kept for %v", server.IdleTimeout)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ln) }()
	defer func() {
		server.Close()
		<-ended
	}()
	conn, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for host, want := range map[string]int{"127.0.0.1": 200, "[::1]:9090": 200, "localhost": 200, "evil.example": 421, "10.0.0.7:80": 421} {
		if status, err := ask(conn, host); status != want || err != nil {
			t.Errorf("Host %s: %d, %v, want %d", host, status, err, want)
		}
	}
}
