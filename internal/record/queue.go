package record

import "joltui/jolt"

// queue holds what has to be written, in order: values of jolt.Event, and a *Entry in place
// of messages for which there was no room, which counts them.
type queue struct {
	items    []any
	messages int
	bytes    int    // of the text of the messages
	missing  uint64 // the sum of these counts
}

// add queues an event that a recording has a line for.
func (q *queue) add(e jolt.Event) {
	switch e := e.(type) {
	case *jolt.Message:
		if q.messages >= queueMessages || q.bytes >= queueBytes {
			q.leaveOut(e)
			return
		}
		q.messages++
		q.bytes += e.Size()
		q.items = append(q.items, e)
	case *jolt.StateChange, *jolt.Gap:
		q.items = append(q.items, e)
	}
}

// leaveOut counts m in place of adding it.
func (q *queue) leaveOut(m *jolt.Message) {
	last, ok := q.items[len(q.items)-1].(*Entry)
	if !ok {
		last = &Entry{At: m.At}
		q.items = append(q.items, last)
	}
	last.Missing.Messages++
	last.Missing.Bytes += uint64(len(m.Data))
	q.missing++
}

// take empties the queue.
func (q *queue) take() []any {
	items := q.items
	*q = queue{items: make([]any, 0, min(len(items), 4096))}
	return items
}

func countMessages[T any](items []T) (n uint64) {
	for _, item := range items {
		if _, ok := any(item).(*jolt.Message); ok {
			n++
		}
	}
	return n
}
