package soak

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/jolt"
)

const (
	hostiles        = 4   // at once
	connectionLimit = 100 // of the broker
	stormTopics     = 1000
)

// Publishers and subscribers go on while others do their worst, over and over. At
// the end each message is accounted for, nobody healthy was ever cut off, and the
// broker keeps nothing of the hostile.
func TestHostile(t *testing.T) {
	p := choosePlan(t)
	p.client = jolt.Config{User: "healthy", Pass: "healthy"} // the default times
	b, addr := startBroker(t, hostileConfig(p))
	books := newLedger(t)
	s := &soak{t: t, plan: p, broker: b, books: books}
	for i := range subscribers {
		name := "healthy"
		if i > 0 {
			name = fmt.Sprintf("subscriber %d", i)
		}
		s.readers = append(s.readers, newSubscriber(t, p, books, addr, name))
	}
	for i := range publishers {
		s.writers = append(s.writers, newPublisher(t, p, books, addr, i))
	}
	for _, w := range s.writers {
		w.start()
	}
	s.suffer(newHostile(addr, p.interval))
	for _, w := range s.writers {
		w.stop()
	}
	s.settle()
	s.balance()
	s.expectNoOutages()
	s.expectAsBefore(s.gauges[:1], s.gauges[len(s.gauges)-1:])
}

// hostileConfig has users whose logins cost little, and limits that a few clients
// can reach.
func hostileConfig(p plan) broker.Config {
	var rights []string // to listen to the healthy, but not to speak
	for i := range publishers {
		rights = append(rights, "subscribe:"+topicOf(i))
	}
	for i := range stormTopics {
		rights = append(rights, "subscribe:"+stormTopic(i))
	}
	return broker.Config{
		Security: true,
		Users: []broker.User{
			{Name: "healthy", PasswordHash: brokertest.PasswordHash("healthy"), Permissions: []string{"admin"}},
			{Name: "hostile", PasswordHash: brokertest.PasswordHash("hostile"), Permissions: rights},
		},
		Limits: broker.Limits{Connections: connectionLimit, AuthTimeout: min(5*time.Second, 2*p.interval)},
	}
}

// suffer lets one attack after the other happen, until time is up and each has had
// its turn. The healthy publish meanwhile.
func (s *soak) suffer(h *hostile) {
	s.t.Helper()
	s.gauges = append(s.gauges, readGauge(s.t))
	begin, reported := time.Now(), time.Now()
	for s.faults < len(attacks()) || time.Since(begin) < s.total {
		name := h.attack(s.faults)
		s.faults++
		s.awaitOnlyHealthy(name)
		s.gauges = append(s.gauges, readGauge(s.t))
		if time.Since(reported) >= time.Minute {
			reported = time.Now()
			s.report(time.Since(begin))
		}
	}
	s.report(time.Since(begin))
	for _, a := range attacks() {
		if h.connected[a.name] == 0 {
			s.t.Errorf("%s: the broker never saw it", a.name)
		}
	}
	s.t.Logf("connections by attack: %v", h.connected)
}

// awaitOnlyHealthy returns when the broker has let the hostile go, and what they
// were subscribed to.
func (s *soak) awaitOnlyHealthy(attack string) {
	s.t.Helper()
	deadline := time.Now().Add(patience)
	for {
		got := s.broker.Stats()
		if got.Connections == len(s.actors()) && got.Topics == publishers {
			return
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("after %s: %d connections and %d topics, want %d and %d",
				attack, got.Connections, got.Topics, len(s.actors()), publishers)
		}
		<-time.After(time.Millisecond)
	}
}

// expectNoOutages: nobody healthy lost the connection, and all that they
// published was acknowledged.
func (s *soak) expectNoOutages() {
	s.t.Helper()
	for _, a := range s.actors() {
		if a.outages > 0 {
			s.t.Errorf("%s had %d outages", a.name, a.outages)
		}
	}
	published, sum := s.books.totals()
	if n := sum.outcomes[jolt.Acknowledged]; n != published {
		s.t.Errorf("%d of %d were acknowledged", n, published)
	}
	for _, r := range s.readers {
		if taken := int(s.broker.Stats().MessagesIn); r.received != taken {
			s.t.Errorf("%s got %d of %d", r.name, r.received, taken)
		}
	}
	if slices.Contains([]int{published, s.readers[0].received}, 0) {
		s.t.Error("nothing was published")
	}
}
