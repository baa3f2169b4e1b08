package driver

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// Patience is how long a connection is used at most, so that what never comes
// ends a run with an error.
const Patience = time.Minute

// Target is a broker to drive.
type Target struct {
	Protocol Protocol
	Addr     string // host:port
}

// stream is a connection of which one direction can be closed.
type stream interface {
	net.Conn
	CloseWrite() error
}

// Conn is a connection to a broker that has said hello. It is for one
// goroutine at a time; Close may be called by any.
type Conn struct {
	stream
	protocol   Protocol
	subscribed int
	unwatch    func() bool
}

// Dial connects and says hello. The connection ends with ctx, and after
// [Patience].
func (t Target) Dial(ctx context.Context) (*Conn, error) {
	var dialer net.Dialer
	raw, err := dialer.DialContext(ctx, "tcp", t.Addr)
	if err != nil {
		return nil, err
	}
	return open(ctx, raw.(*net.TCPConn), t.Protocol)
}

func open(ctx context.Context, raw stream, protocol Protocol) (*Conn, error) {
	c := &Conn{stream: raw, protocol: protocol}
	c.unwatch = context.AfterFunc(ctx, func() { raw.Close() })
	if err := c.start(); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Close closes the connection.
func (c *Conn) Close() error {
	c.unwatch()
	return c.stream.Close()
}

func (c *Conn) start() error {
	if err := c.Renew(); err != nil {
		return err
	}
	if c.protocol.Greets() {
		// The broker waits for the hello: there is nothing behind the line.
		if _, err := bufio.NewReader(c).ReadString('\n'); err != nil {
			return fmt.Errorf("no greeting: %w", err)
		}
	}
	return c.Do(c.protocol.Hello())
}

// Renew lets the connection be used for another [Patience].
func (c *Conn) Renew() error { return c.SetDeadline(time.Now().Add(Patience)) }

// Do makes one exchange. Any other reply is an error.
func (c *Conn) Do(e Exchange) error {
	if _, err := io.WriteString(c, e.Request); err != nil {
		return err
	}
	return c.Expect(e.Reply)
}

// Ping asks for a sign of life.
func (c *Conn) Ping() error { return c.Do(c.protocol.Ping(c.subscribed > 0)) }

// Finish makes sure that nothing more comes: neither before the answer to a
// ping nor after it, until the broker hangs up too. What was read, and not
// used, may be the start of a probe.
func (c *Conn) Finish(unused []byte) error {
	if err := c.finishProbe(unused); err != nil {
		return err
	}
	if err := c.Ping(); err != nil {
		return err
	}
	if err := c.CloseWrite(); err != nil {
		return err
	}
	rest, err := io.ReadAll(c)
	switch {
	case err != nil:
		return fmt.Errorf("waiting for the broker to hang up: %w", err)
	case len(rest) > 0 && string(rest) != c.protocol.Probe().Request: // which it is too late to answer
		return surplus(rest)
	}
	return nil
}

// finishProbe reads the rest of a probe, and answers it.
func (c *Conn) finishProbe(start []byte) error {
	if len(start) == 0 {
		return nil
	}
	probe := c.protocol.Probe()
	rest, ok := strings.CutPrefix(probe.Request, string(start))
	if !ok {
		return surplus(start)
	}
	if err := c.Expect(rest); err != nil {
		return err
	}
	_, err := io.WriteString(c, probe.Reply)
	return err
}

func surplus(rest []byte) error {
	return fmt.Errorf("after all that was expected came %.100q", rest)
}

// Subscribe makes subscriptions in one go.
func (c *Conn) Subscribe(topics ...string) error {
	var requests, replies strings.Builder
	for _, topic := range topics {
		c.subscribed++
		e := c.protocol.Subscribe(topic, c.subscribed)
		requests.WriteString(e.Request)
		replies.WriteString(e.Reply)
	}
	return c.Do(Exchange{requests.String(), replies.String()})
}

// Expect reads exactly what is wanted, and answers the broker's probe if that
// comes first.
func (c *Conn) Expect(want string) error {
	got := make([]byte, len(want))
	if _, err := io.ReadFull(c, got); err != nil {
		return fmt.Errorf("waiting for %.60q: %w", want, err)
	}
	if string(got) == want {
		return nil
	}
	probe := c.protocol.Probe()
	if n := min(len(got), len(probe.Request)); n == 0 || string(got[:n]) != probe.Request[:n] {
		return fmt.Errorf("got %.60q, want %.60q", got, want)
	}
	rest := make([]byte, len(probe.Request))
	if _, err := io.ReadFull(c, rest); err != nil {
		return fmt.Errorf("waiting for %.60q: %w", want, err)
	}
	if got = append(got, rest...); string(got) != probe.Request+want {
		return fmt.Errorf("got %.60q, want %.60q", got, want)
	}
	_, err := io.WriteString(c, probe.Reply)
	return err
}
