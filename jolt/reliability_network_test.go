package jolt_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/internal/faults"
	"joltui/jolt"
)

// patience is how long a test waits for what must come; only one that fails
// waits that long.
const patience = 20 * time.Second

// stream is a handler that never blocks: it passes events on to a test.
type stream struct{ events chan jolt.Event }

func newStream() stream { return stream{make(chan jolt.Event, 1<<16)} }

func (l stream) handle(batch []jolt.Event) {
	for _, e := range batch {
		l.events <- e
	}
}

// await returns the events up to and including the one that is wanted.
func (l stream) await(t *testing.T, what string, wanted func(jolt.Event) bool) (seen []jolt.Event) {
	t.Helper()
	for late := time.After(patience); ; {
		select {
		case e := <-l.events:
			if seen = append(seen, e); wanted(e) {
				return seen
			}
		case <-late:
			t.Fatalf("waited in vain for %s; last seen: %+v", what, seen[max(0, len(seen)-5):])
		}
	}
}

func (l stream) awaitState(t *testing.T, state jolt.State) ([]jolt.Event, *jolt.StateChange) {
	t.Helper()
	seen := l.await(t, state.String(), func(e jolt.Event) bool {
		s, ok := e.(*jolt.StateChange)
		return ok && s.State == state
	})
	return seen, seen[len(seen)-1].(*jolt.StateChange)
}

func soon(int) time.Duration { return time.Millisecond }

func dial(t *testing.T, cfg jolt.Config) *jolt.Client {
	t.Helper()
	c, err := jolt.Dial(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// Promise 3 of reliability: after each of 500 cuts, all 50 subscriptions are
// back within a second, and the outage is one gap.
func TestFiveHundredCuts(t *testing.T) {
	const cuts, topics = 500, 50
	proxy := faults.NewProxy(t, brokertest.Start(t, broker.Config{}).Addr)
	var names []string
	for i := range topics {
		names = append(names, fmt.Sprint("topic.", i))
	}
	got := newStream()
	c := dial(t, jolt.Config{Addr: proxy.Addr(), Topics: names, Backoff: soon, Handler: got.handle})
	got.awaitState(t, jolt.Up)
	faulty := []func(){proxy.Cut, proxy.Reset, func() { proxy.HalfClose(faults.ToClient) },
		func() { proxy.CutAfter(faults.ToClient, 7); c.Ping(t.Context()) }}
	var took []time.Duration
	for i := range cuts {
		begin := time.Now()
		faulty[i%len(faulty)]()
		seen, up := got.awaitState(t, jolt.Up)
		took = append(took, time.Since(begin))
		gaps := slices.DeleteFunc(seen, func(e jolt.Event) bool { _, gap := e.(*jolt.Gap); return !gap })
		if up.Topics != topics || len(gaps) != 1 {
			t.Fatalf("after cut %d: %d topics, %d gaps", i, up.Topics, len(gaps))
		}
		for n := range topics {
			if i%50 == 0 || n == i%topics { // all of them, now and then
				echo(t, c, got, names[n], fmt.Sprint("cut ", i))
			}
		}
	}
	slices.Sort(took)
	t.Logf("back after: median %s, 99 %% %s, longest %s", took[cuts/2], took[cuts*99/100], took[cuts-1])
	if slowest := took[cuts-1]; slowest > 5*time.Second {
		t.Errorf("it took %s", slowest) // the promise is 1 s; the rest is for a machine that is busy
	}
	if median := took[cuts/2]; median > time.Second {
		t.Errorf("half of the times it took more than %s", median)
	}
}

// echo publishes to a topic and waits until the message has come back.
func echo(t *testing.T, c *jolt.Client, got stream, topic, data string) {
	t.Helper()
	if err := c.Publish(t.Context(), topic, data); err != nil {
		t.Fatal(err)
	}
	got.await(t, "the message on "+topic, func(e jolt.Event) bool {
		m, ok := e.(*jolt.Message)
		return ok && m.Topic == topic && m.Data == data
	})
}

// A topic that is no longer permitted after an outage is an error of that
// topic: the rest comes back, and so does it when it is permitted again.
func TestTopicNoLongerPermitted(t *testing.T) {
	var forbidden atomic.Bool
	server := brokertest.Start(t, broker.Config{Permit: func(_ string, op jolt.Op, topic string) bool {
		return topic != "b" || !forbidden.Load()
	}})
	proxy := faults.NewProxy(t, server.Addr)
	got := newStream()
	c := dial(t, jolt.Config{Addr: proxy.Addr(), Topics: []string{"a", "b", "c"}, Backoff: soon, Handler: got.handle})
	got.awaitState(t, jolt.Up)
	for _, revoked := range []bool{true, false} {
		forbidden.Store(revoked)
		proxy.Cut()
		seen, up := got.awaitState(t, jolt.Up)
		var rejected []string
		for _, e := range seen {
			if r, ok := e.(*jolt.Reply); ok && r.Outcome == jolt.Rejected {
				rejected = append(rejected, r.Request.Topic+" "+r.Err.(*jolt.RejectedError).Code())
			}
		}
		want, topics := []string{"b forbidden"}, 2
		if !revoked {
			want, topics = nil, 3
		}
		if !slices.Equal(rejected, want) || up.Topics != topics {
			t.Errorf("revoked %v: rejected %q, %d topics; want %q, %d", revoked, rejected, up.Topics, want, topics)
		}
		echo(t, c, got, "c", fmt.Sprint(revoked))
	}
}

// Promise 2 of reliability, on a real socket and with shorter times: packets
// vanish without a FIN, and it is noticed; when they come through, it is back.
func TestBlackHole(t *testing.T) {
	proxy := faults.NewProxy(t, brokertest.Start(t, broker.Config{}).Addr)
	got := newStream()
	c := dial(t, jolt.Config{Addr: proxy.Addr(), Topics: []string{"a"}, Backoff: soon, Handler: got.handle,
		IdleTimeout: 60 * time.Millisecond, PingTimeout: 80 * time.Millisecond})
	got.awaitState(t, jolt.Up)
	begin := time.Now()
	proxy.BlackHole(true)
	err := c.Publish(t.Context(), "a", "lost")
	_, down := got.awaitState(t, jolt.Down)
	took := time.Since(begin)
	if !errors.Is(err, jolt.ErrUnknownOutcome) || !errors.Is(down.Cause, jolt.ErrDeadPeer) {
		t.Errorf("publish: %v; down: %v", err, down.Cause)
	}
	if took < 100*time.Millisecond || took > 5*time.Second {
		t.Errorf("noticed after %s; want 140 ms", took)
	}
	t.Logf("noticed after %s of 140 ms", took)
	proxy.BlackHole(false)
	got.awaitState(t, jolt.Up)
	echo(t, c, got, "a", "heard")
}

// A slow, sliced and narrow network is no fault: nothing is lost on it.
func TestSlowNetwork(t *testing.T) {
	proxy := faults.NewProxy(t, brokertest.Start(t, broker.Config{}).Addr)
	for _, to := range []faults.Direction{faults.ToClient, faults.ToBroker} {
		proxy.Slice(to, 3)
		proxy.Latency(to, 5*time.Millisecond)
		proxy.Bandwidth(to, 20_000)
	}
	got := newStream()
	c := dial(t, jolt.Config{Addr: proxy.Addr(), Topics: []string{"a"}, Handler: got.handle})
	for i := range 10 {
		echo(t, c, got, "a", fmt.Sprint("message ", i, " 日本語"))
	}
	if proxy.Accepted() != 1 {
		t.Errorf("it connected %d times", proxy.Accepted())
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if err := c.Publish(ctx, "a", "impatient"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("publish: %v", err)
	}
}
