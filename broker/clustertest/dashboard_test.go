package clustertest

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"joltui/broker"
	"joltui/broker/cluster"
	"joltui/internal/feed"
	"joltui/internal/monitor"
	"joltui/jolt"
	page "joltui/ui/views/broker"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

// dashboard is what one shows: the feed of its client, and the broker page.
type dashboard struct {
	mu      sync.Mutex
	feed    *feed.Feed
	page    *page.Page
	shown   *monitor.Snapshot
	longest time.Duration // that no snapshot came
	downs   []error       // why its connection was lost
	lies    []string      // pages that say that the gateway is not there
}

func watch(t *testing.T, addr string) *dashboard {
	t.Helper()
	d := &dashboard{feed: feed.New(feed.Limits{}), page: page.New(&kit.Styles{}, page.Actions(true), kittest.MoveKeys())}
	d.page.SetSize(160, 40)
	c, err := jolt.Dial(t.Context(), jolt.Config{Addr: addr, Topics: []string{"orders"}, Handler: d.handle})
	if err != nil {
		t.Fatal(err)
	}
	m := monitor.Open(monitor.Options{Config: jolt.Config{Addr: addr}}, d.show)
	t.Cleanup(func() { m.Close(); c.Close() })
	return d
}

func (d *dashboard) handle(batch []jolt.Event) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.feed.Apply(batch)
	for _, e := range batch {
		if change, ok := e.(*jolt.StateChange); ok && change.State == jolt.Down {
			d.downs = append(d.downs, change.Cause)
		}
	}
}

func (d *dashboard) show(s *monitor.Snapshot) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.shown != nil {
		d.longest = max(d.longest, s.At.Sub(d.shown.At))
	}
	d.shown = s
	d.page.Show(s)
	text := strings.Join(d.page.View(d.feed, s.At), "\n")
	if s.State == monitor.Down || strings.Contains(text, "no connection ━") {
		d.lies = append(d.lies, text)
	}
}

// says waits until the page has some words, or has them no more.
func (d *dashboard) says(t *testing.T, words string, want bool) string {
	t.Helper()
	for deadline := time.Now().Add(40 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		d.mu.Lock()
		text := ""
		if d.shown != nil && d.shown.Broker != nil {
			text = strings.Join(d.page.View(d.feed, time.Now()), "\n")
		}
		d.mu.Unlock()
		if text != "" && strings.Contains(text, words) == want {
			return text
		}
		if time.Now().After(deadline) {
			t.Fatalf("%q: not %v in\n%s", words, want, text)
		}
	}
}

// While the node that leads the stream dies and comes back, a dashboard keeps its connection, goes
// on hearing of the gateway each second, and has no gap. Afterwards it does not say that nothing can be published.
func TestDashboardWhileANodeDies(t *testing.T) {
	t.Parallel() // it waits most of the time
	all := nodes(t, 3)
	cfg := cluster.Config{URL: url(all), Storage: "file"} // what is in memory may go with two of three
	addr := serve(t, broker.Config{Engine: &cfg, Name: "gateway-a"}).String()
	const trouble = "nothing can be published: "
	d := watch(t, addr)
	d.says(t, "Broker gateway-a", true)
	ctx, stop := context.WithCancel(t.Context())
	acknowledged := publishing(ctx, t, addr)
	atLeast := func(more uint64) {
		t.Helper()
		goal := acknowledged() + more
		for deadline := time.Now().Add(40 * time.Second); acknowledged() < goal; time.Sleep(20 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%d acknowledged, want %d", acknowledged(), goal)
			}
		}
	}
	atLeast(20)
	leader := leaderOf(t, cfg.URL, all)
	leader.kill()
	atLeast(20)
	d.says(t, trouble, false)
	leader.start()
	current(t, cfg.URL)
	atLeast(20)
	d.says(t, trouble, false)
	stop()
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.downs)+len(d.lies) > 0 || d.longest > 3*time.Second {
		t.Errorf("lost %v, heard nothing for %v, %d pages without a connection: %q", d.downs, d.longest, len(d.lies), d.lies)
	}
	for all, i := d.feed.All().Window(), d.feed.All().Window().First(); i < all.Next(); i++ {
		if e := all.At(i); e.Gap != nil {
			t.Errorf("a gap: %+v", e.Gap)
		}
	}
}

// publishing publishes until ctx ends, and returns a count of what was acknowledged.
func publishing(ctx context.Context, t *testing.T, addr string) (acknowledged func() uint64) {
	var mu sync.Mutex
	var n uint64
	ended := make(chan struct{})
	c, err := jolt.New(jolt.Config{Addr: addr})
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(ended)
		for ctx.Err() == nil {
			if err := c.Publish(ctx, "orders", "1"); err == nil {
				mu.Lock()
				n++
				mu.Unlock()
			}
			time.Sleep(20 * time.Millisecond)
		}
	}()
	t.Cleanup(func() { c.Close(); <-ended })
	return func() uint64 {
		mu.Lock()
		defer mu.Unlock()
		return n
	}
}
