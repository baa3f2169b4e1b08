package soak

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"
	"testing"
	"time"

	"joltui/jolt"
)

// actor is a client and what its events say of it.
type actor struct {
	*jolt.Client
	t    *testing.T
	name string
	ups  chan struct{} // gets one when the client is up

	mu       sync.Mutex
	outages  int
	outcomes [jolt.NotSent + 1]int // of publishes
	last     map[string]int        // number of the last message of each stream
	received int
}

// newActor starts a client that ends with the test.
func newActor(t *testing.T, p plan, addr, name string, got func(*jolt.Message), topics ...string) *actor {
	t.Helper()
	a := &actor{t: t, name: name, ups: make(chan struct{}, 1), last: make(map[string]int)}
	cfg := p.client
	cfg.Addr, cfg.Topics = addr, topics
	cfg.Handler = jolt.Callbacks{Message: got, OK: a.replied, Error: a.replied, Other: a.other}.Handle
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var err error
	if a.Client, err = jolt.Dial(ctx, cfg); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func (a *actor) replied(r *jolt.Reply) {
	if r.Request.Op != jolt.OpPublish {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.outcomes[r.Outcome]++
}

func (a *actor) other(e jolt.Event) {
	switch e := e.(type) {
	case *jolt.Gap:
		a.mu.Lock()
		a.outages++
		a.mu.Unlock()
	case *jolt.StateChange:
		if e.State == jolt.Up {
			select {
			case a.ups <- struct{}{}:
			default:
			}
		}
	case *jolt.BadLine, *jolt.UnknownFrame, *jolt.Unsolicited:
		a.t.Errorf("%s: %T %+v", a.name, e, e)
	}
}

// awaitUp returns when a ping was answered.
func (a *actor) awaitUp() {
	a.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		_, err := a.Ping(ctx)
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			a.t.Fatalf("%s is not up again after %v: %v", a.name, patience, err)
		case <-a.ups:
		case <-time.After(20 * time.Millisecond): // another waiter may have taken the event
		}
	}
}

// subscriber gets every stream. The one that is exact has no faults, and tells
// the ledger what the broker took.
type subscriber struct {
	*actor
	books *ledger
	exact bool
}

func newSubscriber(t *testing.T, p plan, books *ledger, addr, name string) *subscriber {
	t.Helper()
	s := &subscriber{books: books, exact: name == "healthy"}
	var topics []string
	for i := range publishers {
		topics = append(topics, topicOf(i))
	}
	s.actor = newActor(t, p, addr, name, s.message, topics...)
	return s
}

// message checks that each message comes once at most, whole and in order.
func (s *subscriber) message(m *jolt.Message) {
	name, number, err := parseText(m.Data)
	if err != nil {
		s.t.Errorf("%s: %v", s.name, err)
		return
	}
	s.mu.Lock()
	s.received++
	last := s.last[name]
	s.last[name] = number
	s.mu.Unlock()
	if number <= last {
		s.t.Errorf("%s: %s %d came after %d", s.name, name, number, last)
	}
	if s.exact {
		s.books.took(name, number)
	}
}

func (s *subscriber) lastOfEach() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.last)
}

// publisher has some streams on one connection.
type publisher struct {
	*actor
	books   *ledger
	pace    time.Duration
	topic   string
	names   []string // of its streams
	running sync.WaitGroup
	stopped chan struct{}
}

func topicOf(i int) string { return fmt.Sprintf("soak.%d", i) }

func newPublisher(t *testing.T, p plan, books *ledger, addr string, i int) *publisher {
	t.Helper()
	w := &publisher{books: books, pace: p.pace, topic: topicOf(i), stopped: make(chan struct{})}
	for n := range streams {
		w.names = append(w.names, fmt.Sprintf("p%d.%d", i, n))
		books.open(w.names[n])
	}
	w.actor = newActor(t, p, addr, fmt.Sprintf("publisher %d", i), nil)
	return w
}

func (w *publisher) start() {
	for _, name := range w.names {
		w.running.Go(func() { w.publishUntilStopped(name) })
	}
}

func (w *publisher) stop() {
	close(w.stopped)
	w.running.Wait()
}

func (w *publisher) publishUntilStopped(name string) {
	tick := time.NewTicker(w.pace)
	defer tick.Stop()
	for {
		select {
		case <-w.stopped:
			return
		case <-tick.C:
		}
		if err := w.publish(name); errors.Is(err, jolt.ErrNotConnected) {
			select {
			case <-w.stopped:
				return
			case <-time.After(10 * w.pace):
			}
		}
	}
}

// publish publishes the next message of a stream and books its outcome.
func (w *publisher) publish(name string) error {
	number := w.books.issue(name)
	reply, err := w.Do(context.Background(), jolt.Request{Op: jolt.OpPublish, Topic: w.topic, Data: text(name, number)})
	w.books.outcome(name, number, reply.Outcome)
	return err
}
