package broker

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// slowEngine is a registry of which a test says when what is published is
// acknowledged, and how.
type slowEngine struct {
	*registry
	commits chan *commit // what was published

	mu     sync.Mutex
	away   error
	passes int
	held   error // what pass returns
	closed bool
}

type commit struct {
	done chan struct{}
	err  error
}

func (c *commit) Wait() error { <-c.done; return c.err }

func (c *commit) end(err error) {
	c.err = err
	close(c.done)
}

func (e *slowEngine) publish(b *burst, out *fanOut) *outbox {
	if crowded := e.registry.publish(b, out); crowded != nil {
		return crowded
	}
	c := &commit{done: make(chan struct{})}
	e.commits <- c
	out.pending = append(out.pending, c)
	return nil
}

func (e *slowEngine) ready() error { e.mu.Lock(); defer e.mu.Unlock(); return e.away }

func (e *slowEngine) pass() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.passes++
	return e.held
}

// close ends all that is left.
func (e *slowEngine) close() {
	e.set(func() { e.closed = true })
	for {
		select {
		case c := <-e.commits:
			c.end(errors.New("closed"))
		default:
			return
		}
	}
}

func (e *slowEngine) set(change func()) { e.mu.Lock(); defer e.mu.Unlock(); change() }

// withSlowEngine runs a test in fake time with a broker whose engine it has in hand.
func withSlowEngine(t *testing.T, test func(t *testing.T, e *slowEngine, dial func() *client)) {
	withSlowEngineOf(t, Config{Patterns: true}, test)
}

func withSlowEngineOf(t *testing.T, cfg Config, test func(t *testing.T, e *slowEngine, dial func() *client)) {
	synctest.Test(t, func(t *testing.T) {
		b, err := New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		e := &slowEngine{registry: newRegistry(nil, cfg.Patterns), commits: make(chan *commit, 100)}
		b.engine = e
		ln := newPipeListener()
		served := make(chan error, 1)
		go func() { served <- b.Serve(t.Context(), ln) }()
		test(t, e, func() *client { return ln.dial(t) })
		b.Close()
		if err := <-served; err != nil || !e.closed {
			t.Errorf("ended with %v, the engine closed: %v", err, e.closed)
		}
	})
}

// silent checks that nothing more comes for now.
func (c *client) silent() {
	c.tb.Helper()
	c.conn.SetReadDeadline(time.Now().Add(time.Hour))
	if line, err := c.in.ReadString('\n'); err == nil {
		c.tb.Fatalf("got %q", line)
	}
	c.conn.SetReadDeadline(time.Time{})
}

// What is published is acknowledged when the engine says so, and no reply overtakes
// another.
func TestRepliesWaitForTheEngine(t *testing.T) {
	withSlowEngine(t, func(t *testing.T, e *slowEngine, dial func() *client) {
		c := dial()
		c.write("{\"op\":\"ping\"}\n{\"op\":\"pub\",\"topic\":\"a\",\"data\":\"1\"}\n{\"op\":\"unsub\",\"topic\":\"b\"}\n")
		first := <-e.commits
		c.silent()
		first.end(nil)
		c.expect(ok, ok, failed("unknown_topic: not subscribed to b"))
	})
}

// Where it is not known what has become of a publish, nothing is said: not that it was
// refused, and nothing that could be taken for its reply. So with every publish of the
// read, and of others that wait for the same.
func TestUnknownIsWordless(t *testing.T) {
	for name, lines := range map[string]string{
		"alone":            "{\"op\":\"pub\",\"topic\":\"a\",\"data\":\"1\"}\n",
		"before a refusal": "{\"op\":\"pub\",\"topic\":\"a\",\"data\":\"1\"}\n{\"op\":\"unsub\",\"topic\":\"b\"}\n",
		"before a sub":     "{\"op\":\"pub\",\"topic\":\"a\",\"data\":\"1\"}\n{\"op\":\"sub\",\"topic\":\"b\"}\n{\"op\":\"pub\",\"topic\":\"a\",\"data\":\"2\"}\n",
		"behind a ping":    "{\"op\":\"ping\"}\n{\"op\":\"pub\",\"topic\":\"a\",\"data\":\"1\"}\n",
	} {
		t.Run(name, func(t *testing.T) {
			withSlowEngine(t, func(t *testing.T, e *slowEngine, dial func() *client) {
				c := dial()
				c.write(lines)
				(<-e.commits).end(errors.New("no quorum"))
				c.expectEnd()
				if len(e.commits) > 0 {
					t.Error("something was published after what may not have been")
				}
			})
		})
	}
}

// A client that publishes to more topics than a burst has is acknowledged when all
// bursts are stored; one of them that is not is enough for nothing to be said.
func TestEveryBurstIsWaitedFor(t *testing.T) {
	withSlowEngine(t, func(t *testing.T, e *slowEngine, dial func() *client) {
		c := dial()
		var lines string
		for i := range maxBurstTopics + 1 {
			lines += fmt.Sprintf(`{"op":"pub","topic":"t%d","data":""}`+"\n", i)
		}
		c.write(lines)
		first, second := <-e.commits, <-e.commits
		second.end(nil)
		c.silent()
		first.end(errors.New("no quorum"))
		c.expectEnd()
	})
}

// What would certainly not be stored is refused, and not handed on; all else works.
func TestUnavailable(t *testing.T) {
	withSlowEngine(t, func(t *testing.T, e *slowEngine, dial func() *client) {
		c := dial()
		e.set(func() { e.away = errors.New("no connection to NATS") })
		c.ask(`{"op":"pub","topic":"a","data":"1"}`, failed("unavailable: no connection to NATS; nothing was published"))
		c.ask(`{"op":"sub","topic":"a"}`, ok)
		e.set(func() { e.away = nil })
		c.write("{\"op\":\"pub\",\"topic\":\"a\",\"data\":\"1\"}\n")
		(<-e.commits).end(nil)
		c.expect(`{"topic":"a","data":"1"}`, ok)
	})
}

// A subscription begins and ends behind what was acknowledged. A read waits for that
// once, and again after it has published something.
func TestSubscriptionsPass(t *testing.T) {
	withSlowEngine(t, func(t *testing.T, e *slowEngine, dial func() *client) {
		c := dial()
		c.write("{\"op\":\"sub\",\"topic\":\"a\"}\n{\"op\":\"sub\",\"topic\":\"b\"}\n{\"op\":\"pub\",\"topic\":\"c\",\"data\":\"\"}\n{\"op\":\"unsub\",\"topic\":\"b\"}\n")
		(<-e.commits).end(nil)
		c.expect(ok, ok, ok, ok)
		e.set(func() {
			if e.passes != 2 {
				t.Errorf("%d waits, want 2", e.passes)
			}
			e.held = errors.New("it has not come back")
		})
		c.ask(`{"op":"sub","topic":"x"}`, failed("unavailable: it has not come back; nothing has changed"))
		c.ask(`{"op":"unsub","topic":"a"}`, failed("unavailable: it has not come back; nothing has changed"))
		if topics, _, _ := e.stats(); topics != 1 {
			t.Errorf("%d topics, want a alone", topics)
		}
	})
}

// Nothing is said either where a login in the same read fails, which would end the session
// with a word.
func TestUnknownBeforeALogin(t *testing.T) {
	withSlowEngineOf(t, secure(t), func(t *testing.T, e *slowEngine, dial func() *client) {
		c := dial()
		c.ask(loginLine("admin", "root"), ok)
		c.write("{\"op\":\"pub\",\"topic\":\"a\",\"data\":\"1\"}\n" + strings.Repeat(loginLine("admin", "wrong")+"\n", mostFailedLogins))
		(<-e.commits).end(errors.New("no quorum"))
		c.expectEnd()
	})
}

// What the broker tells of itself does not come through the engine: it is there without
// it, and nobody can publish it there.
func TestSystemTopicsPassTheEngineBy(t *testing.T) {
	withSlowEngine(t, func(t *testing.T, e *slowEngine, dial func() *client) {
		c := dial()
		e.set(func() { e.away, e.held = errors.New("no connection to NATS"), errors.New("it has not come back") })
		c.ask(subscribeTo("$SYS.events"), ok)
		c.ask(`{"op":"unsub","topic":"$SYS.events"}`, ok)
		e.set(func() { e.away = nil })
		c.write("{\"op\":\"pub\",\"topic\":\"$SYS.events\",\"data\":\"\"}\n")
		if got := c.read(); !strings.Contains(got, "forbidden") || e.passes > 0 || len(e.commits) > 0 {
			t.Errorf("%s; %d waits for the engine, %d publishes", got, e.passes, len(e.commits))
		}
	})
}

// Whoever is subscribed is told that messages are missing; others are not concerned.
func TestInterrupt(t *testing.T) {
	withSlowEngine(t, func(t *testing.T, e *slowEngine, dial func() *client) {
		other := dial()
		subscribers := []*client{dial(), dial(), dial()}
		for i, name := range []string{"a", "b.*", "c.>"} {
			subscribers[i].ask(subscribeTo(name), ok)
		}
		(&fleet{registry: e.registry}).Interrupt("the stream no longer has blocks 7 to 9")
		for _, c := range subscribers {
			c.expect(failed("interrupted: the stream no longer has blocks 7 to 9"))
			c.expectEnd()
		}
		other.ask(`{"op":"ping"}`, ok)
	})
}

// While nothing can be published the broker does not listen; those who are connected
// stay.
func TestNotListeningWithoutTheEngine(t *testing.T) {
	b, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	e := &slowEngine{registry: newRegistry(nil, false), commits: make(chan *commit, 1)}
	b.engine = e
	ln := listen(t)
	served := make(chan error, 1)
	go func() { served <- b.Serve(context.Background(), ln) }()
	r := &running{Broker: b, addr: ln.Addr().String()}
	c := r.dial(t)
	c.ask(`{"op":"ping"}`, ok)
	listens := func(want bool) {
		t.Helper()
		for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
			conn, err := net.Dial("tcp", r.addr)
			if err == nil {
				conn.Close()
			}
			if (err == nil) == want {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("listens: %v", !want)
			}
		}
	}
	e.set(func() { e.away = errors.New("no connection to NATS") })
	listens(false)
	if err := b.Ready(); !errors.Is(err, ErrUnavailable) {
		t.Errorf("ready: %v", err)
	}
	c.ask(`{"op":"ping"}`, ok)
	e.set(func() { e.away = nil })
	listens(true)
	newClient(t, dialRaw(t, r.addr)).ask(`{"op":"ping"}`, ok)
	b.Close()
	if err := <-served; err != nil {
		t.Error(err)
	}
}

// A broker that is closed at once does not wait for what is not acknowledged.
func TestCloseDoesNotWaitForTheEngine(t *testing.T) {
	withSlowEngine(t, func(t *testing.T, e *slowEngine, dial func() *client) {
		dial().write("{\"op\":\"pub\",\"topic\":\"a\",\"data\":\"1\"}\n")
		synctest.Wait()
	})
}

// A broker that ends while it does not listen ends.
func TestEndWhileNotListening(t *testing.T) {
	b, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	e := &slowEngine{registry: newRegistry(nil, false), away: errors.New("away")}
	b.engine = e
	ln := listen(t)
	served := make(chan error, 1)
	go func() { served <- b.Serve(context.Background(), ln) }()
	for {
		if conn, err := net.Dial("tcp", ln.Addr().String()); err != nil {
			break
		} else {
			conn.Close()
		}
	}
	b.Close()
	if diff := cmp.Diff([]any{error(nil), true}, []any{<-served, e.closed}); diff != "" {
		t.Error(diff)
	}
}
