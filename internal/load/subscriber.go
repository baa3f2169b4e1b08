package load

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"joltui/jolt"
)

// ErrTooManyHoles ends a run whose losses are too many to keep track of.
var ErrTooManyHoles = errors.New("load: a subscriber misses messages in too many places")

// arrivals is what came to some subscribers. There are as many as processors,
// as there are of acks.
type arrivals struct {
	mu      sync.Mutex
	latency histogram
	last    time.Time // when the last message came
}

// subscriber receives; what it does with a message is up to the phase.
type subscriber struct {
	*link
	inbox atomic.Pointer[inbox] // of the phase that runs; nil between phases
}

func (s *subscriber) handle(batch []jolt.Event) {
	if in := s.inbox.Load(); in != nil {
		in.take(batch)
	}
	s.link.handle(batch)
}

// inbox is what one subscriber receives in one phase.
type inbox struct {
	*phase
	fail     func(error)
	arrivals *arrivals

	// Under arrivals.mu.
	tracker *tracker
	foreign int64
}

func (in *inbox) take(batch []jolt.Event) {
	in.arrivals.mu.Lock()
	defer in.arrivals.mu.Unlock()
	for _, e := range batch {
		if m, ok := e.(*jolt.Message); ok {
			in.message(m)
		}
	}
	if in.tracker.holes > maxHoles {
		in.fail(ErrTooManyHoles)
	}
}

func (in *inbox) message(m *jolt.Message) {
	h, ok := parseHeader(m.Data)
	if ok && h.run != in.id && h.run&^phaseBits == in.id&^phaseBits {
		return // of another phase of this run, and late
	}
	if !ok || !in.sent(h, m) {
		in.foreign++
		return
	}
	if in.tracker.saw(h.publisher, h.number) {
		in.arrivals.last = m.At
		in.arrivals.latency.record(m.At.Sub(in.began) - h.due)
	}
}

// sent reports whether a message is one that this phase sends, and whole.
func (in *inbox) sent(h header, m *jolt.Message) bool {
	return h.run == in.id && h.publisher < len(in.series) && len(m.Data) == in.size &&
		m.Topic == in.topics[h.number%int64(len(in.topics))]
}
