package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"joltui/bench/driver"
)

// dial connects from 127.0.0.n, one of the addresses of this machine.
func dial(ctx context.Context, n int, addr string) (*net.TCPConn, error) {
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, byte(n))}, Timeout: 10 * time.Second}
	conn, err := d.DialContext(ctx, "tcp4", addr)
	if err != nil {
		return nil, err
	}
	return conn.(*net.TCPConn), nil
}

// client is a connection to a broker that has said hello.
type client struct {
	net.Conn
	t          *target
	subscribed int
}

// connect connects from 127.0.0.n and says hello, or logs in if user is not "".
// It takes no longer than the limit.
func (t *target) connect(ctx context.Context, n int, p *process, user string, limit time.Duration) (*client, error) {
	dialing, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	conn, err := dial(dialing, n, p.addr)
	if err != nil {
		return nil, err
	}
	return t.greet(conn, user, limit)
}

// connectTLS is connect for a broker with TLS, whose certificate is not checked.
func (t *target) connectTLS(ctx context.Context, n int, p *process, user string, limit time.Duration) (*client, error) {
	conn, err := dial(ctx, n, p.addr)
	if err != nil {
		return nil, err
	}
	return t.greet(tls.Client(conn, &tls.Config{InsecureSkipVerify: true}), user, limit)
}

func (t *target) greet(conn net.Conn, user string, limit time.Duration) (*client, error) {
	c := &client{Conn: conn, t: t}
	conn.SetDeadline(time.Now().Add(limit))
	if err := c.hello(user); err != nil {
		conn.Close()
		return nil, err
	}
	conn.SetDeadline(time.Time{})
	return c, nil
}

func (c *client) hello(user string) error {
	if c.t.Greets() {
		// The broker waits for the hello: there is nothing behind the line.
		if _, err := bufio.NewReader(c).ReadString('\n'); err != nil {
			return err
		}
	}
	if user == "" {
		return c.do(c.t.Hello())
	}
	return c.do(c.t.Login(user, password))
}

// errRefused: the broker has answered, and not as it should.
var errRefused = errors.New("refused")

// do makes one exchange.
func (c *client) do(e driver.Exchange) error {
	if _, err := io.WriteString(c, e.Request); err != nil {
		return err
	}
	got := make([]byte, len(e.Reply))
	if n, err := io.ReadFull(c, got); err != nil {
		return fmt.Errorf("after %q: %w", got[:n], err)
	}
	if string(got) != e.Reply {
		rest := make([]byte, 200)
		n, _ := c.Read(rest)
		return fmt.Errorf("%w: %q", errRefused, append(got, rest[:n]...))
	}
	return nil
}

func (c *client) subscribe(topic string) error {
	c.subscribed++
	c.SetDeadline(time.Now().Add(10 * time.Second))
	defer c.SetDeadline(time.Time{})
	return c.do(c.t.Subscribe(topic, c.subscribed))
}

// awaitEnd reads until the broker hangs up, and reports whether it did within the
// limit.
func awaitEnd(conn net.Conn, limit time.Duration) (got []byte, ended bool) {
	conn.SetReadDeadline(time.Now().Add(limit))
	got, err := io.ReadAll(io.LimitReader(conn, 1<<20))
	return got, !isTimeout(err)
}

func isTimeout(err error) bool { return errors.Is(err, os.ErrDeadlineExceeded) }

// dialerFrom returns what a client library dials with, from 127.0.0.n.
func dialerFrom(n int) func(ctx context.Context, network, addr string) (net.Conn, error) {
	return func(ctx context.Context, _, addr string) (net.Conn, error) { return dial(ctx, n, addr) }
}

// keepLittle bounds what the kernel keeps of what is not read, which would else
// hide for long that nobody reads.
func (c *client) keepLittle() {
	conn := c.Conn
	if secured, ok := conn.(*tls.Conn); ok {
		conn = secured.NetConn()
	}
	conn.(*net.TCPConn).SetReadBuffer(64 << 10)
}
