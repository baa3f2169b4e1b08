package jolt

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// fakeBroker hands the client pipes and lets the test play the broker, line by
// line. All of it runs in a synctest bubble, so time is fake.
type fakeBroker struct {
	t     *testing.T
	mu    sync.Mutex
	down  error // while not nil, every dial fails with it
	dials int
	conns chan *peer
}

func newFakeBroker(t *testing.T) *fakeBroker {
	return &fakeBroker{t: t, conns: make(chan *peer, 16)}
}

func (b *fakeBroker) dial(context.Context, string, string) (net.Conn, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.dials++
	if b.down != nil {
		return nil, b.down
	}
	client, server := net.Pipe()
	b.conns <- &peer{t: b.t, Conn: server, r: bufio.NewReader(server)}
	return pipeEnd{client}, nil
}

// pipeEnd takes a deadline after the other end was closed, as a socket does;
// the read that follows tells.
type pipeEnd struct{ net.Conn }

func (p pipeEnd) SetReadDeadline(t time.Time) error {
	if err := p.Conn.SetReadDeadline(t); !errors.Is(err, io.ErrClosedPipe) {
		return err
	}
	return nil
}

func (b *fakeBroker) setDown(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.down = err
}

// accept waits for the client's next connection.
func (b *fakeBroker) accept() *peer {
	b.t.Helper()
	select {
	case p := <-b.conns:
		return p
	case <-time.After(time.Minute):
		b.t.Fatal("the client did not connect")
		return nil
	}
}

// up accepts the next connection of a client that has no login and no topics, and
// answers the ping that it has to see answered before it is up.
func (b *fakeBroker) up() *peer {
	b.t.Helper()
	p := b.accept()
	p.expect(`{"op":"ping"}`)
	p.send(okLine)
	synctest.Wait()
	return p
}

// peer is the broker's end of one connection.
type peer struct {
	t *testing.T
	net.Conn
	r *bufio.Reader
}

// expect reads requests, each of which must be the line given.
func (p *peer) expect(lines ...string) {
	p.t.Helper()
	for _, want := range lines {
		got, err := p.r.ReadString('\n')
		if strings.TrimSuffix(got, "\n") != want {
			p.t.Fatalf("the broker read %q, %v; want %s", got, err, want)
		}
	}
}

// send writes lines, or parts of lines, as they are.
func (p *peer) send(text ...string) {
	p.t.Helper()
	for _, s := range text {
		if _, err := io.WriteString(p, s); err != nil {
			p.t.Fatalf("the broker could not write %q: %v", s, err)
		}
	}
}

const (
	okLine  = "{\"ok\":true}\n"
	badLine = "{\"ok\":false,\"error\":\"forbidden: no\"}\n"
)

// recorder is a handler that keeps events as short texts.
type recorder struct {
	mu     sync.Mutex
	events []Event
}

func (r *recorder) handle(batch []Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, batch...)
}

// take waits until nothing moves any more and returns what has happened since.
func (r *recorder) take() string {
	synctest.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	var b strings.Builder
	for _, e := range r.events {
		fmt.Fprintln(&b, summary(e))
	}
	r.events = nil
	return b.String()
}

func (r *recorder) expect(t *testing.T, want ...string) {
	t.Helper()
	wanted := ""
	for _, line := range want {
		wanted += line + "\n"
	}
	if got := r.take(); got != wanted {
		t.Fatalf("events:\n%swant:\n%s", got, wanted)
	}
}

func summary(e Event) string {
	switch e := e.(type) {
	case *Message:
		return fmt.Sprintf("message %s=%s", e.Topic, e.Data)
	case *Reply:
		auto := ""
		if e.Request.Auto {
			auto = " (auto)"
		}
		return fmt.Sprintf("%s: %s%s", e.Request, e.Outcome, auto)
	case *StateChange:
		switch e.State {
		case Connecting:
			return fmt.Sprintf("connecting %d", e.Attempt)
		case Up:
			return fmt.Sprintf("up with %d topics", e.Topics)
		default:
			return fmt.Sprintf("%s after %d: %v", e.State, e.Attempt, e.Cause)
		}
	case *Gap:
		return fmt.Sprintf("gap of %s: %v", e.To.Sub(e.From), e.Cause)
	case *BadLine:
		return fmt.Sprintf("bad line of %d: %s", e.Size, e.Raw)
	case *UnknownFrame:
		return "unknown frame " + e.Raw
	case *Unsolicited:
		return "unsolicited " + e.Raw
	default:
		return fmt.Sprintf("%T", e)
	}
}

var errRefused = errors.New("connection refused")

// start runs a client against a fake broker in a bubble of fake time.
func start(t *testing.T, cfg Config, test func(*testing.T, *fakeBroker, *Client, *recorder)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b, rec := newFakeBroker(t), &recorder{}
		cfg.Dial = b.dial
		if cfg.Handler == nil {
			cfg.Handler = rec.handle
		}
		if cfg.Backoff == nil {
			cfg.Backoff = func(int) time.Duration { return time.Second }
		}
		c, err := New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		test(t, b, c, rec)
	})
}

// async runs an operation whose reply the test has still to send.
func async(op func() error) <-chan error {
	done := make(chan error, 1)
	go func() { done <- op() }()
	return done
}
