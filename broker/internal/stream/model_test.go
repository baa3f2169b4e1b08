package stream

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

const missing = "(missing)"

// trace is what one engine was handed: topics, and where it was told that some are missing.
type trace struct {
	mu  sync.Mutex
	got []string
}

func (r *trace) Receive(messages []Message, _ bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, m := range messages {
		r.got = append(r.got, strings.Clone(m.Topic))
	}
}

func (r *trace) Interrupt(string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.got = append(r.got, missing)
}

// model is two engines of one stream, and publishers at the first.
type model struct {
	*rapid.T
	s       *fakeStream
	engines [2]*Engine
	traces  [2]*trace

	mu      sync.Mutex
	acked   map[string]bool
	unknown int
	starts  int
	calm    atomic.Bool
	running sync.WaitGroup
	stop    chan struct{}
}

func (m *model) start(i int) {
	m.starts++
	m.calm.Store(true) // or it might never begin
	defer m.calm.Store(false)
	e := engine(fmt.Sprintf("engine%d", m.starts), time.Minute, slog.New(slog.DiscardHandler), m.s.dial)
	c, _ := m.s.dial(context.Background())
	to := new(trace)
	for err := error(fmt.Errorf("not begun")); err != nil; {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		err = e.begin(ctx, c, to)
		cancel()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.engines[i], m.traces[i] = e, to
}

// publisher publishes one message after the other, as a client does: it goes on under
// another name where it does not know what has become of one.
func (m *model) publisher(p int) {
	for life := 0; ; life++ {
		for n := 0; ; n++ {
			select {
			case <-m.stop:
				return
			case <-time.After(time.Duration(150+37*p) * time.Millisecond):
			}
			m.mu.Lock()
			e := m.engines[0]
			m.mu.Unlock()
			topic := fmt.Sprintf("%d.%d.%d", p, life, n)
			err := e.Publish(batchOf([]Message{{topic, []byte("\n")}})).Wait()
			m.mu.Lock()
			if err == nil {
				m.acked[topic] = true
			} else {
				m.unknown++
			}
			m.mu.Unlock()
			if err != nil {
				break
			}
		}
	}
}

// restart ends an engine, whose clients lose their connections, and starts another.
func (m *model) restart(i int) {
	m.check(i)
	m.engines[i].Close()
	m.start(i)
}

// check looks whether an engine was handed what was stored, in that order and once,
// and was told where something was missing.
func (m *model) check(i int) {
	m.s.mu.Lock()
	log := slices.Clone(m.s.log)
	m.s.mu.Unlock()
	m.traces[i].mu.Lock()
	defer m.traces[i].mu.Unlock()
	follows := make(map[[2]string]bool)
	for i := range log[min(1, len(log)):] {
		follows[[2]string{log[i], log[i+1]}] = true
	}
	before := missing
	for _, topic := range m.traces[i].got {
		if topic != missing && before != missing && !follows[[2]string{before, topic}] {
			m.Fatalf("engine %d: %s came after %s; stored were %v", i, topic, before, log)
		}
		before = topic
	}
}

// finish heals everything, and checks that all has come.
func (m *model) finish() {
	m.s.set(func() {
		m.s.refuse, m.s.leaderless, m.s.faults = false, false, func(...string) string { return "" }
	})
	time.Sleep(patience + 5*time.Second)
	close(m.stop)
	m.running.Wait()
	time.Sleep(5 * time.Second)
	for i, e := range m.engines {
		if err := e.Ready(); err != nil {
			m.Errorf("engine %d is not ready: %v", i, err)
		}
		m.check(i)
		e.Close()
		got := m.traces[i].got
		if len(got) == 0 || got[len(got)-1] != m.s.log[len(m.s.log)-1] {
			m.Fatalf("engine %d was handed %v of %v; conns %d, last %d, cursor %+v", i, len(got), m.s.log, len(m.s.conns), m.s.last, e.cursor)
		}
	}
	for _, topic := range m.s.log {
		delete(m.acked, topic)
	}
	if len(m.acked) > 0 {
		m.Fatalf("acknowledged, and not stored: %v", m.acked)
	}
	last := make(map[string]int)
	for i, topic := range m.s.log {
		if slices.Contains(m.s.anews, i) {
			clear(last) // which of the blocks of before it has stored, the stream has forgotten
		}
		var p, life, n int
		fmt.Sscanf(topic, "%d.%d.%d", &p, &life, &n)
		name := fmt.Sprint(p, ".", life)
		if before, again := last[name]; again && n <= before {
			m.Fatalf("%s was stored after %s.%d", topic, name, before)
		}
		last[name] = n
	}
}

// Whatever becomes of connections, of the stream's leader and of the engines: what is
// acknowledged is stored once and in its publisher's order, and every engine is handed
// all of it, or told that something is missing.
func TestModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		synctest.Test(t, func(t *testing.T) {
			m := &model{T: rt, s: newFakeStream(), acked: make(map[string]bool), stop: make(chan struct{})}
			m.start(0)
			m.start(1)
			for p := range 3 {
				m.running.Go(func() { m.publisher(p) })
			}
			seed := rapid.SliceOfN(rapid.IntRange(0, 40), 1, 50).Draw(rt, "faults")
			var drawn atomic.Int64
			draw := func(kinds ...string) string {
				if i := seed[int(drawn.Add(1))%len(seed)]; i < len(kinds) && !m.calm.Load() {
					return kinds[i]
				}
				return ""
			}
			m.s.set(func() { m.s.faults = draw })
			// A stream that forgets early, and is made anew unseen, cannot be told from itself.
			forgetful := rapid.Bool().Draw(rt, "forgetful")
			for range rapid.IntRange(0, 12).Draw(rt, "events") {
				time.Sleep(time.Duration(rapid.IntRange(0, 2000).Draw(rt, "ms")) * time.Millisecond)
				m.event(rapid.IntRange(0, 8).Draw(rt, "event"), forgetful)
			}
			m.finish()
		})
	})
}

func (m *model) event(kind int, forgetful bool) {
	switch s := m.s; kind {
	case 0:
		s.cut()
	case 1:
		s.set(func() { s.refuse = true })
		s.cut()
	case 2, 3:
		s.set(func() { s.refuse, s.leaderless = false, false })
	case 4:
		s.set(func() { s.leaderless = true })
	case 5, 6:
		s.set(func() { s.refuse, s.leaderless = false, false })
		m.restart(kind - 5)
	case 7:
		if forgetful {
			s.set(func() { s.blocks = slices.Clone(s.blocks[max(0, len(s.blocks)-2):]) })
		} else {
			s.anew(false)
		}
	case 8:
		s.anew(true)
	}
}
