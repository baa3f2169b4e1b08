package history

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"sync"
)

// pending has the lines that are not in the file yet, with the same bounds as the file.
type pending struct {
	mu         sync.Mutex
	lines      [][]byte
	writing    int    // how many lines are being written
	lost       int    // how many lines there was no room for
	cancelWait func() // ends the wait of the write that is under way; nil if there is none
}

// Keep keeps a message in memory, and does not block; [File.Write] writes it to the file.
// The error says that the message is too long to be kept.
func (f *File) Keep(m Message) error {
	line, err := json.Marshal(m)
	if err == nil && len(line) >= MaxBytes {
		err = fmt.Errorf("history: a message on %q is too long for it, it keeps %d MiB", m.Topic, MaxBytes>>20)
	}
	if err == nil {
		f.pending.add(line)
	}
	return err
}

// add appends lines to those that are pending, and removes the oldest if there are too many.
func (p *pending) add(lines ...[]byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := append(p.lines, lines...)
	p.lines = newest(all)
	p.lost += len(all) - len(p.lines)
}

// take returns the pending lines, to be written.
func (p *pending) take() [][]byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	lines := p.lines
	p.lines, p.writing = nil, len(lines)
	return lines
}

// written ends a write. back are lines that could not be written, and are put back in front
// of those that came since.
func (p *pending) written(back [][]byte) {
	p.mu.Lock()
	later := p.lines
	p.lines, p.writing = back, 0
	p.mu.Unlock()
	p.add(later...)
}

// unwritten returns how many lines are not in the file, and how many of those may still be
// written.
func (p *pending) unwritten() (all, hopeful int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	hopeful = len(p.lines) + p.writing
	return hopeful + p.lost, hopeful
}

// begin sets the function that ends the wait of a write; nil when the write is over.
func (p *pending) begin(hurry func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cancelWait = hurry
}

// Write writes what was kept to the file. It waits up to 5 s for another process that has
// the lock. Messages that it cannot write stay in memory, up to the bounds of a file, until
// the next Write or [File.Finish]. Only one goroutine may write at a time.
func (f *File) Write() error {
	ctx, cancel := context.WithTimeout(context.Background(), lockTimeout)
	defer cancel()
	f.pending.begin(cancel)
	defer f.pending.begin(nil)
	return f.write(ctx)
}

// Finish writes what was kept, but waits no longer than until ctx ends, and returns how many
// messages are not in the file. It ends the wait of a [File.Write] for another process.
func (f *File) Finish(ctx context.Context) (left int, err error) {
	p := &f.pending
	p.mu.Lock()
	if p.cancelWait != nil {
		p.cancelWait()
	}
	p.mu.Unlock()
	err = f.write(ctx)
	left, _ = p.unwritten()
	return left, err
}

func (f *File) write(ctx context.Context) error {
	if _, hopeful := f.pending.unwritten(); hopeful == 0 {
		return nil // nothing to write: no folder is made, and no lock taken
	}
	return f.locked(ctx, func() error {
		lines := f.pending.take()
		if len(lines) == 0 {
			return nil
		}
		size, err := appendTo(f.path, append(bytes.Join(lines, []byte("\n")), '\n'))
		if err != nil {
			f.pending.written(lines)
			return err
		}
		f.pending.written(nil)
		if f.lines += len(lines); f.lines > 2*MaxMessages || size > 2*MaxBytes {
			return f.shorten()
		}
		return nil
	})
}
