package load

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/internal/publisher"
	"joltui/jolt"
)

// realConfig is a load on a real broker, over the network.
func realConfig(s *brokertest.Server) Config {
	cfg := Defaults()
	cfg.Client = jolt.Config{Addr: s.Addr}
	cfg.Warmup, cfg.Duration, cfg.Count = 0, 0, 5000
	return cfg
}

// disturbed is a broker to which something happens at the nth publish.
type disturbed struct {
	*brokertest.Server
	publishes atomic.Int64  // that came, before and after
	happened  chan struct{} // closed when it has happened
	after     atomic.Int64  // publishes that came after that
	goesOn    chan struct{} // closed at the nth of them
}

func newDisturbed(t *testing.T, n int64, happens func(*brokertest.Server)) *disturbed {
	t.Helper()
	d := &disturbed{happened: make(chan struct{}), goesOn: make(chan struct{})}
	d.Server = brokertest.Start(t, broker.Config{Permit: func(_ string, op jolt.Op, _ string) bool {
		if op != jolt.OpPublish {
			return true
		}
		if d.publishes.Add(1) == n {
			go func() {
				defer close(d.happened)
				happens(d.Server)
			}()
		}
		select {
		case <-d.happened:
			if d.after.Add(1) == n {
				close(d.goesOn)
			}
		default:
		}
		return true
	}})
	return d
}

func TestRealBroker(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	server := brokertest.Start(t, broker.Config{})
	defer server.Stop()
	for name, change := range map[string]func(*Config){
		"one of each":     func(*Config) {},
		"many of each":    func(c *Config) { c.Publishers, c.Subscribers, c.Topics, c.Window, c.Count = 3, 4, 7, 10, 4000 },
		"one at a time":   func(c *Config) { c.Window, c.Count = 1, 1000 },
		"no subscribers":  func(c *Config) { c.Subscribers = 0 },
		"a rate":          func(c *Config) { c.Publishers, c.Rate, c.Count = 2, 20_000, 2000 },
		"a warm-up":       func(c *Config) { c.Warmup = 20 * time.Millisecond },
		"large messages":  func(c *Config) { c.Size, c.Count, c.Window = 100_000, 30, 4 },
		"small messages":  func(c *Config) { c.Size = HeaderSize },
		"more than there": func(c *Config) { c.Publishers, c.Count = 20, 7 },
	} {
		t.Run(name, func(t *testing.T) {
			cfg := realConfig(server)
			change(&cfg)
			r, err := Run(t.Context(), cfg)
			if err != nil {
				t.Fatal(err)
			}
			count := int64(cfg.Count)
			if want := (publisher.Outcomes{Acknowledged: count}); r.Outcomes != want || r.Ack.Count != count || r.Outages != 0 {
				t.Errorf("%+v, %d latencies, %d outages", r.Outcomes, r.Ack.Count, r.Outages)
			}
			delivered := count * int64(cfg.Subscribers)
			if want := (Deliveries{Received: delivered}); r.Deliveries != want || r.EndToEnd.Count != delivered || !r.Sound() {
				t.Errorf("%+v, %d latencies; want %d", r.Deliveries, r.EndToEnd.Count, delivered)
			}
			if r.Ack.Min <= 0 || r.Ack.Min > r.Ack.P50 || r.Ack.P99 > r.Ack.Max || r.Ack.Max > r.Elapsed+r.Elapsed/100 {
				t.Errorf("%+v in %v", r.Ack, r.Elapsed)
			}
		})
	}
}

// The broker is gone in the middle of it, for good.
func TestRealBrokerDies(t *testing.T) {
	server := newDisturbed(t, 2000, (*brokertest.Server).Stop)
	cfg := realConfig(server.Server)
	cfg.Count, cfg.Duration, cfg.MaxOutage = 0, time.Hour, 20*time.Millisecond
	r, err := Run(t.Context(), cfg)
	<-server.happened
	var outage *OutageError
	if !errors.As(err, &outage) || r == nil {
		t.Fatalf("%+v, %v", r, err)
	}
	server.checkOutcomes(t, r)
	if !r.Interrupted || r.Outages == 0 {
		t.Errorf("%d outages, interrupted %v", r.Outages, r.Interrupted)
	}
}

// The broker comes back: the load goes on, and messages that were not acknowledged are owed to
// nobody.
func TestRealBrokerRestarts(t *testing.T) {
	server := newDisturbed(t, 2000, (*brokertest.Server).Restart)
	cfg := realConfig(server.Server)
	cfg.Publishers, cfg.Subscribers, cfg.Grace = 2, 2, 20*time.Millisecond
	cfg.Count, cfg.Duration = 0, time.Hour
	cfg.Client.Backoff = func(int) time.Duration { return time.Millisecond }
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		<-server.goesOn
		stop()
	}()
	r, err := Run(ctx, cfg)
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	server.checkOutcomes(t, r)
	if r.Outages != 4 || r.Outage <= 0 {
		t.Errorf("%d outages, %v", r.Outages, r.Outage)
	}
	o, d, subscribers := r.Outcomes, r.Deliveries, int64(cfg.Subscribers)
	if d.Received+d.Lost < o.Acknowledged*subscribers || d.Received > (o.Acknowledged+o.Unknown)*subscribers || d.Duplicates+d.Reordered+d.Foreign != 0 {
		t.Errorf("%+v of %+v", d, o)
	}
}

// checkOutcomes holds the outcomes against what the broker saw, which is one
// message more: the first, to ask for the topic.
func (d *disturbed) checkOutcomes(t *testing.T, r *Result) {
	t.Helper()
	o, seen := r.Outcomes, d.publishes.Load()-1
	if o.Rejected != 0 || o.Acknowledged == 0 || o.Acknowledged > seen || o.Published() < seen {
		t.Errorf("%+v, and the broker saw %d", o, seen)
	}
}

func TestRealBrokerRefuses(t *testing.T) {
	const right = "passwordPASSWORDpassword"
	locked := broker.Config{Security: true, Users: []broker.User{{
		Name: "ann", PasswordHash: "pbkdf2-sha256$4096$c2FsdFNBTFRzYWx0U0FMVHNhbHRTQUxUc2FsdFNBTFRzYWx0$" +
			"NIyJ28vTKy8y2BS4EW6EzysXNH68GAAYHE4qH7jdU+E=", // of few iterations, to be quick
		Permissions: []string{"publish:joltui.bench", "subscribe:joltui.bench", "subscribe:read.only"},
	}}}
	small := broker.Config{Limits: broker.Limits{LineBytes: 1000}}
	for name, tt := range map[string]struct {
		broker broker.Config
		change func(*Config)
		want   string // what the broker says; empty if it lets it pass
	}{
		"a password":     {locked, func(c *Config) { c.Client.User, c.Client.Pass = "ann", right }, ""},
		"wrong password": {locked, func(c *Config) { c.Client.User, c.Client.Pass = "ann", "wrong" }, "auth_failed"},
		"no login":       {locked, func(c *Config) {}, "auth_required"},
		"may not read":   {locked, func(c *Config) { c.Client.User, c.Client.Pass, c.Topic = "ann", right, "secret" }, "forbidden: subscribe:secret"},
		"may not write":  {locked, func(c *Config) { c.Client.User, c.Client.Pass, c.Topic = "ann", right, "read.only" }, "forbidden: publish:read.only"},
		"too large":      {small, func(c *Config) { c.Size = 2000 }, "too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := realConfig(brokertest.Start(t, tt.broker))
			tt.change(&cfg)
			r, err := Run(t.Context(), cfg)
			var rejected *jolt.RejectedError
			switch {
			case tt.want == "":
				if err != nil || !r.Sound() || r.Config.Client.Pass != "" {
					t.Errorf("%+v, %v", r, err)
				}
			case r != nil || !errors.As(err, &rejected) || !strings.HasPrefix(rejected.Text, tt.want):
				t.Errorf("%+v, %v; want %s", r, err, tt.want)
			}
		})
	}
}

func TestNoBroker(t *testing.T) {
	server := brokertest.Start(t, broker.Config{})
	server.Stop()
	r, err := Run(t.Context(), realConfig(server))
	var connect *ConnectError
	if r != nil || !errors.As(err, &connect) {
		t.Errorf("%+v, %v", r, err)
	}
}
