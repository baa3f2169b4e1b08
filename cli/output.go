package cli

import (
	"bytes"
	"os"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

const (
	// A write waits while so much is queued. A frame of a window of 160×50 has
	// about 30 kB, and the dashboard draws none while one is on its way, so only a
	// storm of resizes gets there.
	maxQueued = 256 << 10
	// What is handed to the terminal at once. One that takes it in less than
	// giveUp, at 2 kB/s, is never given up.
	pieceSize = 2 << 10
	giveUp    = time.Second
)

// output is the terminal as the dashboard writes to it. A write is only queued,
// and reaches the terminal whole, in order and at the terminal's pace: Bubble Tea
// (v1.3.10) holds a lock while it writes, and with a terminal of 100 kB/s the
// whole program would stand still for most of the time. All methods are safe for
// concurrent use.
//
// Whoever shows the cursor gives the terminal back: Bubble Tea does so last, before
// the program ends, is suspended, or runs another. That write returns when the
// terminal has everything, or has taken nothing for a second.
type output struct {
	file   term.File
	wakeup chan struct{}

	mu      sync.Mutex
	queue   bytes.Buffer
	writing bool          // a piece is on its way
	stuck   bool          // it was waited for in vain
	err     error         // why nothing can be written any more
	moved   chan struct{} // closed at the next step; nil while nobody waits for it
}

// newOutput returns an output for which somebody has to call run.
func newOutput(file term.File) *output {
	return &output{file: file, wakeup: make(chan struct{}, 1)}
}

// Write queues p. Errors are those of earlier writes.
func (o *output) Write(p []byte) (int, error) {
	o.await(func() bool { return o.queue.Len() <= maxQueued }, nil)
	o.mu.Lock()
	if o.err != nil {
		defer o.mu.Unlock()
		return 0, o.err
	}
	o.queue.Write(p)
	o.mu.Unlock()
	o.wake()
	if string(p) == ansi.ShowCursor {
		o.flush()
	}
	return len(p), nil
}

// flush returns when the terminal has everything, or seems to take nothing.
func (o *output) flush() {
	late := time.NewTimer(giveUp)
	defer late.Stop()
	o.await(func() bool {
		late.Reset(giveUp)
		return o.stuck || o.idle()
	}, late.C)
}

// Busy reports whether something is still on its way to the terminal.
func (o *output) Busy() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return !o.idle() && o.err == nil
}

// Wait returns when nothing is on its way any more.
func (o *output) Wait() { o.await(o.idle, nil) }

// idle is called with the mutex held.
func (o *output) idle() bool { return o.queue.Len() == 0 && !o.writing }

// await returns when done, which is called with the mutex held and again after
// each step, when nothing more can be written, or when it is late.
func (o *output) await(done func() bool, late <-chan time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for o.err == nil && !done() {
		if o.moved == nil {
			o.moved = make(chan struct{})
		}
		moved := o.moved
		o.mu.Unlock()
		select {
		case <-moved:
			o.mu.Lock()
		case <-late:
			o.mu.Lock()
			o.stuck = true
			return
		}
	}
}

// run writes what is queued until Close, or until the terminal is gone.
func (o *output) run() {
	piece := make([]byte, pieceSize)
	for {
		n, err := o.take(piece)
		switch {
		case err != nil:
			return
		case n == 0:
			<-o.wakeup
			continue
		}
		if _, err := o.file.Write(piece[:n]); err != nil {
			o.end(err)
			return
		}
		o.wrote()
	}
}

func (o *output) take(piece []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	n, _ := o.queue.Read(piece)
	o.writing = n > 0
	return n, o.err
}

func (o *output) wrote() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.writing, o.stuck = false, false
	o.move()
}

// move wakes those who await. The mutex is held.
func (o *output) move() {
	if o.moved != nil {
		close(o.moved)
		o.moved = nil
	}
}

// end drops what is queued, and refuses more.
func (o *output) end(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.queue, o.err = bytes.Buffer{}, err
	o.move()
}

func (o *output) wake() {
	select {
	case o.wakeup <- struct{}{}:
	default:
	}
}

// Close ends run, as soon as a piece that is on its way has arrived. It does not
// close the terminal.
func (o *output) Close() error {
	o.end(os.ErrClosed)
	o.wake()
	return nil
}

// Read and Fd are for Bubble Tea, which asks the terminal for its size.
func (o *output) Read(p []byte) (int, error) { return o.file.Read(p) }

// Fd is the terminal's file descriptor.
func (o *output) Fd() uintptr { return o.file.Fd() }
