package record

import (
	"errors"
	"sync"
	"sync/atomic"

	"joltui/jolt"
)

// ErrRecording: there is a recording already.
var ErrRecording = errors.New("a recording is on already")

// Tap hands events to a recording while there is one. The zero Tap works. All
// methods are safe for concurrent use.
type Tap struct {
	mu      sync.Mutex // held to start and stop
	running atomic.Pointer[Recorder]
}

// Handle takes a batch from a client, and costs next to nothing; see
// [Recorder.Record].
func (t *Tap) Handle(events []jolt.Event) {
	if r := t.running.Load(); r != nil {
		r.Record(events)
	}
}

// Start begins a recording; see [Create].
func (t *Tap) Start(path string, o Options) (Status, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.running.Load() != nil {
		return Status{}, ErrRecording
	}
	r, err := Start(path, o)
	if err != nil {
		return Status{}, err
	}
	t.running.Store(r)
	return r.Status(), nil
}

// Status returns how the recording goes, and whether there is one. One that has
// failed is there until it is stopped.
func (t *Tap) Status() (Status, bool) {
	r := t.running.Load()
	if r == nil {
		return Status{}, false
	}
	return r.Status(), true
}

// Stop ends the recording, and returns how it went and whether there was one. It
// waits until everything is written.
func (t *Tap) Stop() (Status, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.running.Swap(nil)
	if r == nil {
		return Status{}, false
	}
	return r.Stop(), true
}
