package jolt

import "sync"

// emitter calls the handler, one batch at a time.
type emitter struct {
	handler func([]Event)
	// callbacks has the goroutines of the client that call functions of the program.
	callbacks callbacks
	busy      sync.Mutex // held while the handler runs

	mu     sync.Mutex
	posted []Event
	closed bool
}

// emit waits for its turn and hands the batch over.
func (e *emitter) emit(batch []Event) {
	if e.handler == nil {
		return
	}
	e.busy.Lock()
	e.deliver(batch)
	e.flush()
}

// deliver calls the handler and lets go of busy, also when the handler panics.
func (e *emitter) deliver(batch []Event) {
	defer e.busy.Unlock()
	if len(batch) > 0 {
		e.callbacks.running.Add(1)
		defer e.callbacks.running.Add(-1)
		e.handler(batch)
	}
}

// post hands an event over without ever waiting for a handler that is running:
// that one's caller hands it over next. So an operation that fails at once may
// be called from the handler itself.
func (e *emitter) post(ev Event) {
	if e.handler == nil {
		return
	}
	e.mu.Lock()
	if !e.closed {
		e.posted = append(e.posted, ev)
	}
	e.mu.Unlock()
	e.flush()
}

// close returns when no handler runs, and none will again.
func (e *emitter) close() {
	e.mu.Lock()
	e.posted, e.closed = nil, true
	e.mu.Unlock()
	e.busy.Lock()
	defer e.busy.Unlock()
}

// flush hands posted events over, unless a handler is running. Whoever runs it
// flushes after it has let go, so nothing stays behind.
func (e *emitter) flush() {
	for e.waiting() && e.busy.TryLock() {
		e.deliverHere(e.take())
	}
}

// deliverHere is deliver on a goroutine that may be any.
func (e *emitter) deliverHere(batch []Event) {
	defer e.callbacks.join()()
	e.deliver(batch)
}

func (e *emitter) waiting() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.posted) > 0
}

func (e *emitter) take() []Event {
	e.mu.Lock()
	defer e.mu.Unlock()
	batch := e.posted
	e.posted = nil
	return batch
}
