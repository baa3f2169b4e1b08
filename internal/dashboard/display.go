package dashboard

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

// display is the terminal as the dashboard writes to it. A write is only queued,
// and reaches the terminal whole, in order and at the terminal's pace: Bubble Tea
// (v1.3.10) holds a lock while it writes, and with a terminal of 100 kB/s the
// whole program would stand still for most of the time. All methods are safe for
// concurrent use.
//
// Whoever shows the cursor gives the terminal back: Bubble Tea does so last, before
// the program ends, is suspended, or runs another. That write returns when the
// terminal has everything, or has taken nothing for a second.
type display struct {
	file   term.File
	wakeup chan struct{}

	mu      sync.Mutex
	taken   bool // by the dashboard; else it is somebody else's
	queue   bytes.Buffer
	writing bool          // a piece is on its way
	stuck   bool          // it was waited for in vain
	err     error         // why nothing can be written any more
	moved   chan struct{} // closed at the next step; nil while nobody waits for it
}

// newDisplay returns a display for which somebody has to call run.
func newDisplay(file term.File) *display {
	return &display{file: file, wakeup: make(chan struct{}, 1)}
}

// Write queues p. Errors are those of earlier writes.
func (d *display) Write(p []byte) (int, error) {
	d.await(func() bool { return d.queue.Len() <= maxQueued }, nil)
	d.mu.Lock()
	if d.err != nil {
		defer d.mu.Unlock()
		return 0, d.err
	}
	d.queue.Write(p)
	d.mu.Unlock()
	d.wake()
	switch string(p) {
	case ansi.ShowCursor:
		d.flush()
		d.setTaken(false)
	case ansi.HideCursor:
		d.setTaken(true)
	}
	return len(p), nil
}

func (d *display) setTaken(taken bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.taken = taken
}

// Released reports whether the dashboard has given the terminal back, or never had it.
func (d *display) Released() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return !d.taken
}

// flush returns when the terminal has everything, or seems to take nothing.
func (d *display) flush() {
	late := time.NewTimer(giveUp)
	defer late.Stop()
	d.await(func() bool {
		late.Reset(giveUp)
		return d.stuck || d.idle()
	}, late.C)
}

// Busy reports whether something is still on its way to the terminal.
func (d *display) Busy() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return !d.idle() && d.err == nil
}

// Wait returns when nothing is on its way any more.
func (d *display) Wait() { d.await(d.idle, nil) }

// idle is called with the mutex held.
func (d *display) idle() bool { return d.queue.Len() == 0 && !d.writing }

// await returns when done, which is called with the mutex held and again after
// each step, when nothing more can be written, or when it is late.
func (d *display) await(done func() bool, late <-chan time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for d.err == nil && !done() {
		if d.moved == nil {
			d.moved = make(chan struct{})
		}
		moved := d.moved
		d.mu.Unlock()
		select {
		case <-moved:
			d.mu.Lock()
		case <-late:
			d.mu.Lock()
			d.stuck = true
			return
		}
	}
}

// run writes what is queued until Close, or until the terminal is gone.
func (d *display) run() {
	piece := make([]byte, pieceSize)
	for {
		n, err := d.take(piece)
		switch {
		case err != nil:
			return
		case n == 0:
			<-d.wakeup
			continue
		}
		if _, err := d.file.Write(piece[:n]); err != nil {
			d.end(err)
			return
		}
		d.wrote()
	}
}

func (d *display) take(piece []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, _ := d.queue.Read(piece)
	d.writing = n > 0
	return n, d.err
}

func (d *display) wrote() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.writing, d.stuck = false, false
	d.move()
}

// move wakes those who await. The mutex is held.
func (d *display) move() {
	if d.moved != nil {
		close(d.moved)
		d.moved = nil
	}
}

// end drops what is queued, and refuses more.
func (d *display) end(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.queue, d.err = bytes.Buffer{}, err
	d.move()
}

func (d *display) wake() {
	select {
	case d.wakeup <- struct{}{}:
	default:
	}
}

// Close ends run, as soon as a piece that is on its way has arrived. It does not
// close the terminal.
func (d *display) Close() error {
	d.end(os.ErrClosed)
	d.wake()
	return nil
}

// Read and Fd are for Bubble Tea, which asks the terminal for its size.
func (d *display) Read(p []byte) (int, error) { return d.file.Read(p) }

// Fd is the terminal's file descriptor.
func (d *display) Fd() uintptr { return d.file.Fd() }
