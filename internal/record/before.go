package record

import (
	"errors"
	"time"

	"joltui/jolt"
)

// errNoBefore says that a recording was stopped before it got what came before it.
var errNoBefore = errors.New("it was stopped too soon to have what was already seen")

// firstTime returns the time of the first message of a batch; zero if it has none.
func firstTime(events []jolt.Event) time.Time {
	for _, e := range events {
		if m, ok := e.(*jolt.Message); ok {
			return m.At
		}
	}
	return time.Time{}
}

// begin writes what came before the recording began, once it is known, if there is anything.
func (r *Recorder) begin() error {
	if r.before == nil {
		return nil
	}
	var before []Entry
	select {
	case before = <-r.before:
	case <-r.stop:
		select {
		case before = <-r.before:
		default:
			r.lacks = errNoBefore
		}
	}
	for _, e := range before[:r.firstOwn(before)] {
		item := any(&e)
		if e.Event != nil {
			item = e.Event
		}
		if err := r.writeItem(item); err != nil {
			return err
		}
	}
	r.progress()
	return nil
}

// firstOwn returns the index of the first of those entries that the recorder got itself. Several
// messages may have the time of that: of these, as many as the recorder has are its own.
func (r *Recorder) firstOwn(before []Entry) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	first := r.status.First
	if first.IsZero() {
		return len(before)
	}
	end := len(before)
	for end > 0 && before[end-1].At.After(first) {
		end--
	}
	for _, item := range r.queue.items {
		if m, ok := item.(*jolt.Message); ok && m.At.Equal(first) && end > 0 && before[end-1].At.Equal(first) {
			end--
		}
	}
	return end
}
