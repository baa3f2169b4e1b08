package record

import (
	"errors"
	"sync"
	"sync/atomic"

	"joltui/jolt"
)

// ErrRecording says that there is a recording already.
var ErrRecording = errors.New("a recording is on already")

// Tap passes events to a recording while there is one. The zero Tap works. All methods are
// safe for concurrent use.
type Tap struct {
	mu      sync.Mutex // held to start and stop
	running atomic.Pointer[Recorder]
}

// Handle passes a batch from a client to the recording, in next to no time; see
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

// Status returns the state of the recording, and whether there is one. One that has failed
// stays until Stop is called.
func (t *Tap) Status() (Status, bool) {
	r := t.running.Load()
	if r == nil {
		return Status{}, false
	}
	return r.Status(), true
}

// Stop ends the recording, and returns its final state and whether there was one. It blocks
// until everything is written.
func (t *Tap) Stop() (Status, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.running.Swap(nil)
	if r == nil {
		return Status{}, false
	}
	return r.Stop(), true
}
