package load

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"joltui/jolt"
)

// ErrTooManyHoles ends a run with more losses than there is memory to track.
var ErrTooManyHoles = errors.New("load: a subscriber misses messages in too many places")

// arrivals has what came to some subscribers. There are as many as processors, for the same
// reason as with acks.
type arrivals struct {
	mu      sync.Mutex
	latency histogram
	last    time.Time // when the last message came
}

// subscriber receives messages, and passes them to the inbox of the phase.
type subscriber struct {
	*link
	inbox atomic.Pointer[inbox] // of the current phase; nil between phases
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
		return // late, from another phase of this run
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

// sent reports whether a message is one that this phase has sent, and is whole.
func (in *inbox) sent(h header, m *jolt.Message) bool {
	return h.run == in.id && h.publisher < len(in.series) && len(m.Data) == in.size &&
		m.Topic == in.topics[h.number%int64(len(in.topics))]
}
