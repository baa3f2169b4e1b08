package jolt

import (
	"bytes"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
)

// callbacks knows the goroutines on which a client calls functions of the program, so
// that a call that would wait there for itself can be refused: it would wait for ever.
type callbacks struct {
	running atomic.Int32 // functions of the program, now

	mu         sync.Mutex
	goroutines []uint64
}

// join notes that the calling goroutine calls such functions until leave is called.
func (k *callbacks) join() (leave func()) {
	id := goroutineID()
	k.mu.Lock()
	defer k.mu.Unlock()
	k.goroutines = append(k.goroutines, id)
	return func() {
		k.mu.Lock()
		defer k.mu.Unlock()
		i := slices.Index(k.goroutines, id)
		k.goroutines = slices.Delete(k.goroutines, i, i+1)
	}
}

// inside reports whether the caller is such a function. While none runs, which is
// nearly always, it costs nothing to speak of.
func (k *callbacks) inside() bool { return k.running.Load() > 0 && k.here() }

// here reports whether the calling goroutine is one of the client's.
func (k *callbacks) here() bool {
	id := goroutineID()
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Contains(k.goroutines, id)
}

// goroutineID returns the number of the calling goroutine. The runtime tells it nowhere
// but at the beginning of a stack trace, "goroutine 18 [running]:", for some microseconds.
func goroutineID() uint64 {
	var buf [32]byte
	words := bytes.Fields(buf[:runtime.Stack(buf[:], false)])
	if len(words) < 2 {
		return 0
	}
	id, _ := strconv.ParseUint(string(words[1]), 10, 64)
	return id
}
