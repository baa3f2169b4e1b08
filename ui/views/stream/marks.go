package stream

import (
	"slices"
	"time"

	"joltui/internal/feed"
)

// maxMarks is how many messages can be marked at a time.
const maxMarks = 100

// Marks are the messages that the user has marked, in the order of their arrival. All
// streams of a dashboard share them.
type Marks struct{ all []mark }

// mark is a marked message. It does not keep the message from being evicted.
type mark struct {
	seq   uint64 // its arrival number
	at    time.Time
	topic string
}

// Len returns how many messages are marked.
func (m *Marks) Len() int { return len(m.all) }

// toggle marks a message, or removes its mark. It returns false if there are too many marks.
func (m *Marks) toggle(e *feed.Entry) bool {
	i, marked := m.find(e.Seq)
	switch {
	case marked:
		m.all = slices.Delete(m.all, i, i+1)
	case len(m.all) >= maxMarks:
		return false
	default:
		m.all = slices.Insert(m.all, i, mark{e.Seq, e.At, e.Topic})
	}
	return true
}

// has reports whether a message is marked.
func (m *Marks) has(seq uint64) bool {
	_, marked := m.find(seq)
	return marked
}

func (m *Marks) find(seq uint64) (int, bool) {
	return slices.BinarySearchFunc(m.all, seq, func(a mark, seq uint64) int {
		switch {
		case a.seq < seq:
			return -1
		case a.seq > seq:
			return 1
		default:
			return 0
		}
	})
}

// of returns the marks of a topic; "" is all topics.
func (m *Marks) of(topic string) []mark {
	if topic == "" {
		return m.all
	}
	var some []mark
	for _, each := range m.all {
		if each.topic == topic {
			some = append(some, each)
		}
	}
	return some
}
