package load

import (
	"errors"
	"testing"
	"time"

	"joltui/jolt"
)

// A broker that drops every other message for long enough ends the run before
// it takes all memory.
func TestTooManyHoles(t *testing.T) {
	p := benchPhase(HeaderSize)
	in := p.inboxes[0]
	var failed error
	in.fail = func(err error) { failed = err }
	come := func(number int64) {
		data := newPayload(HeaderSize).text(header{run: p.id, number: number})
		in.take([]jolt.Event{&jolt.Message{At: time.Now(), Topic: p.topics[0], Data: data}})
	}
	in.tracker.holes = maxHoles - 1
	come(1)
	if failed != nil {
		t.Fatalf("%d holes: %v", in.tracker.holes, failed)
	}
	come(3)
	if !errors.Is(failed, ErrTooManyHoles) {
		t.Errorf("%d holes: %v", in.tracker.holes, failed)
	}
}
