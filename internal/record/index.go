package record

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	"joltui/jolt"
)

// An index keeps a mark every so many lines, and every second one of them when
// they become too many: 0.4 MB for recordings of any size.
const (
	firstStride = 64
	mostMarks   = 4096
)

// Index finds a time in a set. Its methods are safe for concurrent use.
type Index struct {
	ready chan struct{} // closed by the end of Build

	mu          sync.Mutex
	marks       []mark
	stride      int // lines between two marks
	lines       int
	messages    uint64
	first, last time.Time
	done        int64 // bytes
	size        int64
	err         error
	density     density
}

// mark is a position at which reading can begin.
type mark struct {
	Position
	before time.Time // the latest time of any line before
}

// NewIndex returns an index that has yet to be built.
func NewIndex(s *Set) *Index {
	return &Index{ready: make(chan struct{}), marks: []mark{{}}, stride: firstStride, size: s.Size()}
}

// Build reads the set, once, until it has read all of it or ctx ends. It takes a few seconds
// for a GB that is in the cache of the operating system.
func (x *Index) Build(ctx context.Context, s *Set) error {
	defer close(x.ready)
	r := s.Read(Position{})
	defer r.Close()
	for ctx.Err() == nil {
		from := r.Position()
		text, err := r.line()
		var bad *LineError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &bad):
			continue
		case err != nil:
			x.fail(err)
			return err
		}
		at, message := lineTime(text)
		x.add(from, r.lines.size, at, message)
		if !message {
			x.lost(text)
		}
		if message {
			r.at.Messages++
		}
	}
	x.fail(ctx.Err())
	return ctx.Err()
}

func (x *Index) fail(err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.err = err
}

// lineTime returns the time of a line, zero if it has none, and whether it is a message. It
// does not parse the message: that would take four times as long.
func lineTime(text []byte) (at time.Time, message bool) {
	at, rest, ok := splitTime(text)
	switch {
	case ok && bytes.HasPrefix(rest, []byte(`{"topic":`)):
		return at, true
	case ok && bytes.HasPrefix(rest, []byte(typeHead)):
		rest[0] = ',' // as it was
		return at, false
	case ok:
		rest[0] = ','
	}
	p, err := parseLine(text)
	if err != nil {
		return time.Time{}, false
	}
	return p.entry.At, p.kind == ""
}

func (x *Index) add(from Position, size int64, at time.Time, message bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.lines > 0 && x.lines%x.stride == 0 {
		x.mark(from)
	}
	x.lines++
	x.done += size
	if message {
		x.messages++
	}
	if at.IsZero() {
		return
	}
	if x.first.IsZero() {
		x.first = at
	}
	if at.After(x.last) {
		x.last = at
	}
	if message {
		x.density.add(x.first, at, 1)
	}
}

// lost notes where messages are missing, if a line that is no message says so. There are few
// such lines.
func (x *Index) lost(text []byte) {
	p, err := parseLine(text)
	if err != nil {
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if gap, ok := p.entry.Event.(*jolt.Gap); ok {
		x.density.lose(x.first, gap.From, gap.To)
	} else if p.entry.Missing != (Missing{}) {
		x.density.lose(x.first, p.entry.At, p.entry.At)
	}
}

// Density divides the part of the set that has been read into n slices of the same duration,
// and returns what is in each. It is nil while nothing is known.
func (x *Index) Density(n int) []Slice {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.density.divide(x.last.Sub(x.first), n)
}

func (x *Index) mark(from Position) {
	if len(x.marks) == mostMarks {
		kept := x.marks[:0]
		for i := 0; i < mostMarks; i += 2 {
			kept = append(kept, x.marks[i])
		}
		x.marks = kept
		x.stride *= 2
		if x.lines%x.stride != 0 {
			return
		}
	}
	x.marks = append(x.marks, mark{from, x.last})
}

// Ready is closed when the index is built, or failed.
func (x *Index) Ready() <-chan struct{} { return x.ready }

// Extent returns the first and the latest time so far, and how many messages
// there are.
func (x *Index) Extent() (first, last time.Time, messages uint64) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.first, x.last, x.messages
}

// Progress returns how much of the set has been read, from 0 to 1.
func (x *Index) Progress() float64 {
	x.mu.Lock()
	defer x.mu.Unlock()
	return min(float64(x.done)/float64(max(x.size, 1)), 1)
}

// Before returns where to begin to read in order to get at least n messages before the first
// line of time t or later.
func (x *Index) Before(t time.Time, n uint64) (from, target Position) {
	x.mu.Lock()
	defer x.mu.Unlock()
	i, _ := slices.BinarySearchFunc(x.marks[1:], t, func(m mark, t time.Time) int { return m.before.Compare(t) })
	target = x.marks[i].Position
	for i > 0 && x.marks[i].Messages+n > target.Messages {
		i--
	}
	return x.marks[i].Position, target
}
