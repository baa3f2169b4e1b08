package loop

import (
	"strings"

	"joltui/jolt"
)

// backlog is the queue of a pump: events in order, with holes where traffic was dropped.
type backlog struct {
	events  []jolt.Event // nil where something was dropped
	traffic int          // how many of them may be dropped
	bytes   int          // of the text of the traffic
	oldest  int          // events before this index are no traffic, or holes
	holes   int
	drops   []Drop
	dropOf  map[string]int // index in drops, by topic
	lines   uint64         // dropped lines and frames that were no messages
}

// trafficSize returns the size in bytes of an event that is traffic, and whether it is:
// what a broker can send unasked and without end. Such an event may be dropped.
func trafficSize(e jolt.Event) (size int, ok bool) {
	switch e := e.(type) {
	case *jolt.Message:
		return e.Size(), true
	case *jolt.BadLine:
		return len(e.Raw), true
	case *jolt.UnknownFrame:
		return len(e.Raw), true
	}
	return 0, false
}

func (b *backlog) add(e jolt.Event, l PumpLimits) {
	b.events = append(b.events, e)
	size, ok := trafficSize(e)
	if !ok {
		return
	}
	b.traffic++
	b.bytes += size
	for b.traffic > l.Messages || b.bytes > l.Bytes {
		b.dropOldest()
	}
	// Holes take memory too: they are closed once they are more than half of the queue.
	if b.holes > len(b.events)/2 {
		b.closeHoles()
	}
}

func (b *backlog) dropOldest() {
	for {
		i := b.oldest
		b.oldest++
		e := b.events[i]
		size, ok := trafficSize(e)
		if !ok {
			continue
		}
		b.events[i] = nil
		b.holes++
		b.traffic--
		b.bytes -= size
		if m, ok := e.(*jolt.Message); ok {
			b.count(m)
		} else {
			b.lines++
		}
		return
	}
}

func (b *backlog) count(m *jolt.Message) {
	i, known := b.dropOf[m.Topic]
	if !known {
		if b.dropOf == nil {
			b.dropOf = make(map[string]int)
		}
		// The client's string would keep a whole socket read in memory.
		topic := strings.Clone(m.Topic)
		i = len(b.drops)
		b.dropOf[topic] = i
		b.drops = append(b.drops, Drop{Topic: topic})
	}
	b.drops[i].Messages++
	b.drops[i].Bytes += uint64(len(m.Data))
}

// closeHoles removes the holes and keeps the order of what is left. Events that are never
// dropped may be before the oldest traffic.
func (b *backlog) closeHoles() {
	kept := b.events[:0]
	for i, e := range b.events {
		if i == b.oldest {
			b.oldest = len(kept)
		}
		if e != nil {
			kept = append(kept, e)
		}
	}
	clear(b.events[len(kept):])
	b.events = kept
	b.oldest = min(b.oldest, len(kept))
	b.holes = 0
}

// take empties the backlog.
func (b *backlog) take() Batch {
	if b.holes > 0 {
		b.closeHoles()
	}
	batch := Batch{Events: b.events, Drops: b.drops, LostLines: b.lines}
	*b = backlog{events: make([]jolt.Event, 0, len(b.events))}
	return batch
}
