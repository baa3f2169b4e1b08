package history

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"sync"
)

// pending are the lines that are not in the file yet, bounded as it is.
type pending struct {
	mu    sync.Mutex
	lines [][]byte
	out   int    // lines that are on their way to the file
	lost  int    // lines that there was no room for
	hurry func() // ends the wait of a write that is under way; nil if there is none
}

// Keep takes a message, and does not wait: it is [File.Write] that writes it to the
// file. The error says that it is too long to be kept.
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

// add puts lines behind those that are pending. The oldest go where there are too many.
func (p *pending) add(lines ...[]byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := append(p.lines, lines...)
	p.lines = newest(all)
	p.lost += len(all) - len(p.lines)
}

// take returns what is pending, to be written.
func (p *pending) take() [][]byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	lines := p.lines
	p.lines, p.out = nil, len(lines)
	return lines
}

// written says what came of it: back are lines to be written later, before those that
// came since.
func (p *pending) written(back [][]byte) {
	p.mu.Lock()
	later := p.lines
	p.lines, p.out = back, 0
	p.mu.Unlock()
	p.add(later...)
}

// left is how many lines are not in the file, and how many of those may still be.
func (p *pending) left() (all, hopeful int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	hopeful = len(p.lines) + p.out
	return hopeful + p.lost, hopeful
}

// begin notes how to end the wait of a write, nil when it is over.
func (p *pending) begin(hurry func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hurry = hurry
}

// Write writes what was kept to the file. It waits up to 5 s for another process that
// has it. What it cannot write stays in memory, as much as a file keeps, until the next
// Write or [File.Finish]. Only one goroutine may write at a time.
func (f *File) Write() error {
	ctx, cancel := context.WithTimeout(context.Background(), lockTimeout)
	defer cancel()
	f.pending.begin(cancel)
	defer f.pending.begin(nil)
	return f.write(ctx)
}

// Finish writes what was kept until ctx ends, and returns how many messages are not in
// the file then. It cuts short a [File.Write] that waits for another process.
func (f *File) Finish(ctx context.Context) (left int, err error) {
	p := &f.pending
	p.mu.Lock()
	if p.hurry != nil {
		p.hurry()
	}
	p.mu.Unlock()
	err = f.write(ctx)
	left, _ = p.left()
	return left, err
}

func (f *File) write(ctx context.Context) error {
	if _, hopeful := f.pending.left(); hopeful == 0 {
		return nil // no folder is made, and nobody waited for
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
