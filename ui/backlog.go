package ui

import (
	"strings"

	"joltui/jolt"
)

// backlog is the queue of a pump: all events in order, with holes where
// messages were dropped.
type backlog struct {
	events   []jolt.Event // nil where a message was dropped
	messages int
	bytes    int // of the messages' lines
	oldest   int // no message is in events before here
	holes    int
	drops    []Drop
	dropOf   map[string]int // index in drops
}

func (b *backlog) add(e jolt.Event, l PumpLimits) {
	b.events = append(b.events, e)
	m, ok := e.(*jolt.Message)
	if !ok {
		return
	}
	b.messages++
	b.bytes += len(m.Raw)
	for b.messages > l.Messages || b.bytes > l.Bytes {
		b.dropOldest()
	}
	// Holes cost memory too: what is left moves together once they are most of it.
	if b.holes > len(b.events)/2 {
		b.closeHoles()
	}
}

func (b *backlog) dropOldest() {
	for {
		i := b.oldest
		b.oldest++
		if m, ok := b.events[i].(*jolt.Message); ok {
			b.events[i] = nil
			b.holes++
			b.messages--
			b.bytes -= len(m.Raw)
			b.count(m)
			return
		}
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

// closeHoles keeps the order of what is left. Events that are never dropped
// may be before the oldest message.
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
	batch := Batch{Events: b.events, Drops: b.drops}
	*b = backlog{events: make([]jolt.Event, 0, len(b.events))}
	return batch
}
