package soak

import (
	"maps"
	"math/rand/v2"
	"testing"
	"time"

	"joltui/broker"
	"joltui/internal/faults"
	"joltui/jolt"
)

// soak is one run.
type soak struct {
	t *testing.T
	plan
	broker  *broker.Broker
	books   *ledger
	readers []*subscriber
	writers []*publisher

	faults  int
	slowest time.Duration // from the end of a fault until all were up
	gauges  []gauge
}

func (s *soak) actors() []*actor {
	var all []*actor
	for _, r := range s.readers {
		all = append(all, r.actor)
	}
	for _, w := range s.writers {
		all = append(all, w.actor)
	}
	return all
}

// fault spoils a network and returns what heals it again.
type fault struct {
	name string
	hold time.Duration
	do   func(*faults.Proxy) (heal func())
}

func (p plan) faults() []fault {
	nothing := func() {}
	return []fault{
		{"cut", 0, func(n *faults.Proxy) func() { n.Cut(); return nothing }},
		{"reset", 0, func(n *faults.Proxy) func() { n.Reset(); return nothing }},
		{"black hole", p.hole, func(n *faults.Proxy) func() { n.BlackHole(true); return func() { n.BlackHole(false) } }},
		{"half-close to the client", p.interval, func(n *faults.Proxy) func() { n.HalfClose(faults.ToClient); return nothing }},
		{"half-close to the broker", p.interval, func(n *faults.Proxy) func() { n.HalfClose(faults.ToBroker); return nothing }},
		{"refused", p.interval, func(n *faults.Proxy) func() { n.Refuse(true); n.Cut(); return func() { n.Refuse(false) } }},
		{"restart", 0, func(n *faults.Proxy) func() { n.Restart(); return nothing }},
		{"latency", p.interval, both(func(n *faults.Proxy, to faults.Direction, on bool) {
			n.Latency(to, onlyIf(on, 20*time.Millisecond))
		})},
		{"slices", p.interval, both(func(n *faults.Proxy, to faults.Direction, on bool) { n.Slice(to, onlyIf(on, 61)) })},
		{"bandwidth", p.interval, both(func(n *faults.Proxy, to faults.Direction, on bool) { n.Bandwidth(to, onlyIf(on, 64<<10)) })},
		{"cut inside a frame", p.interval, both(func(n *faults.Proxy, to faults.Direction, on bool) {
			n.CutAfter(to, onlyIf(on, 1+rand.Int64N(5000)))
		})},
	}
}

func onlyIf[T any](on bool, value T) T {
	if !on {
		var zero T
		return zero
	}
	return value
}

// both returns a fault of both directions.
func both(set func(n *faults.Proxy, to faults.Direction, on bool)) func(*faults.Proxy) func() {
	return func(n *faults.Proxy) func() {
		set(n, faults.ToClient, true)
		set(n, faults.ToBroker, true)
		return func() {
			set(n, faults.ToClient, false)
			set(n, faults.ToBroker, false)
		}
	}
}

// run does one fault after the other, until time is up and all have had their turn.
func (s *soak) run(networks []*faults.Proxy) {
	all := s.plan.faults()
	begin, reported := time.Now(), time.Now()
	for s.faults < len(all)*len(networks) || time.Since(begin) < s.total {
		f := all[s.faults/len(networks)%len(all)]
		heal := f.do(networks[s.faults%len(networks)])
		s.faults++
		<-time.After(f.hold)
		heal()
		healed := time.Now()
		for _, a := range s.actors() {
			a.awaitUp()
		}
		s.slowest = max(s.slowest, time.Since(healed))
		s.gauges = append(s.gauges, readGauge(s.t))
		if time.Since(reported) >= time.Minute {
			reported = time.Now()
			s.report(time.Since(begin))
		}
		<-time.After(s.interval - time.Since(healed))
	}
	s.report(time.Since(begin))
}

func (s *soak) report(after time.Duration) {
	published, sum := s.books.totals()
	outages, received := 0, 0
	for _, a := range s.actors() {
		a.mu.Lock()
		outages += a.outages
		received += a.received
		a.mu.Unlock()
	}
	s.t.Logf("%v: %d faults, %d outages, all up at most %v after each; %d published: %d acknowledged, %d unknown, %d not sent; %d received; %v",
		after.Round(time.Second), s.faults, outages, s.slowest.Round(time.Millisecond), published,
		sum.outcomes[jolt.Acknowledged], sum.outcomes[jolt.Unknown], sum.outcomes[jolt.NotSent],
		received, s.gauges[len(s.gauges)-1])
}

// settle publishes one more message on each stream until everybody has the last
// of each: one round, unless a client takes a loaded machine for a dead peer.
func (s *soak) settle() {
	deadline := time.Now().Add(patience)
	for !s.lastRound() {
		if time.Now().After(deadline) {
			for _, r := range s.readers {
				s.t.Errorf("%s has got %v, want %v", r.name, r.lastOfEach(), s.books.issued())
			}
			s.t.FailNow()
		}
	}
}

// lastRound reports whether what it published was acknowledged, and got by all.
func (s *soak) lastRound() bool {
	done := true
	for _, w := range s.writers {
		w.awaitUp()
		for _, name := range w.names {
			done = w.publish(name) == nil && done
		}
	}
	want := s.books.issued()
	for _, r := range s.readers {
		r.awaitUp() // the reply to its ping comes after all that was acknowledged before
		done = done && maps.Equal(r.lastOfEach(), want)
	}
	return done
}

// balance compares the ledger with the broker's counts and the clients' events.
func (s *soak) balance() {
	published, sum := s.books.totals()
	var events [jolt.NotSent + 1]int
	for _, w := range s.writers {
		w.mu.Lock()
		for o, n := range w.outcomes {
			events[o] += n
		}
		w.mu.Unlock()
	}
	if events != sum.outcomes {
		s.t.Errorf("outcomes by events %v, by Do %v", events, sum.outcomes)
	}
	acknowledged, unknown := sum.outcomes[jolt.Acknowledged], sum.outcomes[jolt.Unknown]
	if ended := acknowledged + unknown + sum.outcomes[jolt.NotSent]; ended != published {
		s.t.Errorf("%d published, %d have an outcome", published, ended)
	}
	taken := int(s.broker.Stats().MessagesIn)
	if taken < acknowledged || taken > acknowledged+unknown {
		s.t.Errorf("the broker took %d, want from %d to %d", taken, acknowledged, acknowledged+unknown)
	}
	if sum.taken != taken || len(sum.owed) > 0 {
		s.t.Errorf("the healthy subscriber got %d of %d, and misses %v", sum.taken, taken, sum.owed)
	}
	s.t.Logf("the broker took %d: %d acknowledged and %d of %d unknown",
		taken, acknowledged, taken-acknowledged, unknown)
}
