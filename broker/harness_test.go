package broker

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"joltui/broker/cluster"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience is how long a test waits for what must come; it is never waited out
// by a test that passes.
const patience = 20 * time.Second

// running is a broker under test.
type running struct {
	*Broker
	addr   string
	cancel context.CancelFunc // ends the context of Serve
	served chan error         // gets what Serve returned

	other   *running // the second gateway, or nil
	dialled int      // so many clients, in turn
}

// soaking reports whether the tests are to take minutes: make soak sets
// JOLT_SOAK.
func soaking() bool { return os.Getenv("JOLT_SOAK") != "" }

// startBroker serves on a free port and closes the broker when the test ends.
func startBroker(tb testing.TB, cfg Config) *running {
	tb.Helper()
	return serve(tb, cfg, listen(tb))
}

func listen(tb testing.TB) net.Listener {
	tb.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	return ln
}

// serve is startBroker for any listener.
func serve(tb testing.TB, cfg Config, ln net.Listener) *running {
	tb.Helper()
	cfg = throughEngine(tb, cfg, ln)
	b, err := New(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{Broker: b, addr: ln.Addr().String(), cancel: cancel, served: make(chan error, 1)}
	r.other = second(tb, ctx, cfg)
	go func() { r.served <- b.Serve(ctx, ln) }()
	tb.Cleanup(func() {
		b.Close()
		cancel()
	})
	return r
}

// engineVariable has the tests run with brokers that share messages through the NATS at
// its URL; package clustertest sets it.
const engineVariable = "JOLT_TEST_ENGINE"

// throughEngine adds the engine of the variable. Tests of what there is not with an engine are
// skipped.
func throughEngine(tb testing.TB, cfg Config, ln net.Listener) Config {
	url := os.Getenv(engineVariable)
	if _, real := ln.(*net.TCPListener); !real || url == "" || cfg.Engine != nil { // or time is fake
		return cfg
	}
	if len(cfg.LastValue) > 0 {
		tb.Skip("there are no last values with an engine")
	}
	cfg.Engine = &cluster.Config{URL: url}
	if cfg.Limits.LineBytes == 0 {
		cfg.Limits.LineBytes = 1 << 20 // as without an engine
	}
	return cfg
}

// withoutEngine skips a test of what is otherwise with an engine.
func withoutEngine(tb testing.TB, otherwise string) {
	tb.Helper()
	if os.Getenv(engineVariable) != "" {
		tb.Skip("with an engine " + otherwise)
	}
}

// client is the other end of a raw socket.
type client struct {
	tb   testing.TB
	conn net.Conn
	in   *bufio.Reader
}

func (r *running) dial(tb testing.TB) *client {
	tb.Helper()
	return newClient(tb, dialRaw(tb, r.next()))
}

func newClient(tb testing.TB, conn net.Conn) *client {
	conn.SetDeadline(time.Now().Add(patience))
	return &client{tb, conn, bufio.NewReader(conn)}
}

// write sends text as it is.
func (c *client) write(text string) {
	c.tb.Helper()
	if _, err := io.WriteString(c.conn, text); err != nil {
		c.tb.Fatal(err)
	}
}

// read returns the next line without its end.
func (c *client) read() string {
	c.tb.Helper()
	line, err := c.in.ReadString('\n')
	if err != nil {
		c.tb.Fatalf("read after %q: %v", line, err)
	}
	return strings.TrimSuffix(line, "\n")
}

// expect reads so many lines. With an engine replies can overtake messages.
func (c *client) expect(want ...string) {
	c.tb.Helper()
	got := make([]string, len(want))
	for i := range want {
		got[i] = c.read()
		if os.Getenv(engineVariable) == "" && got[i] != want[i] {
			c.tb.Fatalf("got  %s\nwant %s", got[i], want[i])
		}
	}
	messagesFirst := func(a, b string) int {
		return strings.Compare(a[:min(len(a), 5)], b[:min(len(b), 5)])
	}
	want = slices.Clone(want)
	slices.SortStableFunc(want, messagesFirst)
	slices.SortStableFunc(got, messagesFirst)
	if !slices.Equal(got, want) {
		c.tb.Fatalf("got  %q\nwant %q", got, want)
	}
}

// ask sends one request and expects exactly these lines.
func (c *client) ask(request string, want ...string) {
	c.tb.Helper()
	c.write(request + "\n")
	c.expect(want...)
}

// expectEnd expects the broker to close the connection, without a reset.
func (c *client) expectEnd() {
	c.tb.Helper()
	line, err := c.in.ReadString('\n')
	if !errors.Is(err, io.EOF) || line != "" {
		c.tb.Fatalf("got %q and %v, want the end of the connection", line, err)
	}
}

const ok = `{"ok":true}`

func failed(text string) string { return `{"ok":false,"error":"` + text + `"}` }

// await waits until the counts are as wanted. Nothing else tells a test when
// the broker has noticed that a client has gone.
func (r *running) await(tb testing.TB, what string, wanted func(Stats) bool) {
	tb.Helper()
	deadline := time.Now().Add(patience)
	for !wanted(r.Stats()) {
		if time.Now().After(deadline) {
			tb.Fatalf("waited in vain for %s: %+v", what, r.Stats())
		}
		runtime.Gosched()
	}
}

// pipeListener hands out the server's ends of in-memory connections, which
// work inside a synctest bubble.
type pipeListener struct {
	conns  chan net.Conn
	errs   chan error
	closed chan struct{}
	once   sync.Once
}

func newPipeListener() *pipeListener {
	return &pipeListener{conns: make(chan net.Conn), errs: make(chan error), closed: make(chan struct{})}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case err := <-l.errs:
		return nil, err
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *pipeListener) Addr() net.Addr { return &net.TCPAddr{} }

// dial connects to whoever serves the listener.
func (l *pipeListener) dial(tb testing.TB) *client {
	tb.Helper()
	ours, theirs := net.Pipe()
	l.conns <- theirs
	return &client{tb, ours, bufio.NewReader(ours)}
}

// servePipes is startBroker for a synctest bubble.
func servePipes(tb testing.TB, cfg Config) (*running, *pipeListener) {
	tb.Helper()
	ln := newPipeListener()
	return serve(tb, cfg, ln), ln
}
