package soak

import (
	"context"
	"math/rand/v2"
	"net"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"

	"joltui/broker"
	"joltui/internal/faults"
	"joltui/jolt"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience is how long the test waits for what must come.
const patience = 30 * time.Second

const (
	publishers  = 3
	streams     = 4 // of each publisher, on one connection
	subscribers = 3 // through the faults
)

// plan says how fast everything happens.
type plan struct {
	total    time.Duration
	interval time.Duration // of healthy time, and of most faults
	hole     time.Duration // of a black hole: so long that the client notices
	pace     time.Duration // between two publishes of a stream
	client   jolt.Config   // its times
}

func choosePlan(t *testing.T) plan {
	t.Helper()
	value := os.Getenv("JOLT_SOAK")
	if value == "" {
		return plan{3 * time.Second, 100 * time.Millisecond, 400 * time.Millisecond, time.Millisecond, jolt.Config{
			IdleTimeout: 150 * time.Millisecond, PingTimeout: 150 * time.Millisecond,
			Backoff: func(n int) time.Duration { return rand.N(min(50*time.Millisecond, time.Millisecond<<min(n, 10))) },
		}}
	}
	total, err := time.ParseDuration(value)
	if err != nil {
		t.Fatalf("JOLT_SOAK is %q: give a time such as 10m or 1h", value)
	}
	return plan{total, 5 * time.Second, 9 * time.Second, 5 * time.Millisecond, jolt.Config{}}
}

// Publishers and subscribers go on through every fault. At the end the books
// balance, and nothing has grown.
func TestSoak(t *testing.T) {
	p := choosePlan(t)
	b, addr := startBroker(t, broker.Config{})
	books := newLedger(t)
	networks := []*faults.Proxy{faults.NewProxy(t, addr), faults.NewProxy(t, addr)}
	// The default times: a loaded machine must not look like a dead peer.
	healthy := newSubscriber(t, plan{}, books, addr, "healthy")
	readers := []*subscriber{healthy}
	for range subscribers {
		readers = append(readers, newSubscriber(t, p, books, networks[0].Addr(), "subscriber"))
	}
	var writers []*publisher
	for i := range publishers {
		writers = append(writers, newPublisher(t, p, books, networks[1].Addr(), i))
	}

	s := &soak{t: t, plan: p, broker: b, books: books, readers: readers, writers: writers}
	for _, w := range writers {
		w.start()
	}
	s.run(networks)
	for _, w := range writers {
		w.stop()
	}
	s.settle()
	s.balance()
	s.expectOutages()
	s.expectFlat()
}

// expectOutages: everybody behind a network that fails had one, and nobody else.
func (s *soak) expectOutages() {
	s.t.Helper()
	if healthy := s.readers[0]; healthy.outages > 0 {
		s.t.Errorf("the healthy subscriber had %d outages", healthy.outages)
	}
	for _, a := range s.actors()[1:] {
		if a.outages == 0 {
			s.t.Errorf("%s had no outage: the faults did not reach it", a.name)
		}
	}
}

func startBroker(t *testing.T, cfg broker.Config) (*broker.Broker, string) {
	t.Helper()
	b, err := broker.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- b.Serve(context.Background(), ln) }()
	t.Cleanup(func() {
		b.Close()
		if err := <-served; err != nil {
			t.Errorf("the broker ended: %v", err)
		}
	})
	return b, ln.Addr().String()
}
