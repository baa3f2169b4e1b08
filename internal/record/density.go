package record

import "time"

// The first slices are a millisecond long; when a recording is longer than mostSlices of them,
// two become one: 64 kB for recordings of any length, and 16 for a column of a wide window.
const (
	firstSlice = time.Millisecond
	mostSlices = 4096
)

// Slice is a part of a recording, of some duration.
type Slice struct {
	Messages uint64
	// Lost means that messages are missing here: the connection was down, or they came faster
	// than they could be recorded.
	Lost bool
}

// density counts messages by time, as they are read.
type density struct {
	slices []Slice
	each   time.Duration
}

// at returns the slice of a time. One before the first line counts as the first.
func (d *density) at(first, t time.Time) *Slice {
	if d.each == 0 {
		d.each = firstSlice
	}
	after := max(t.Sub(first), 0)
	for after/d.each >= mostSlices {
		d.halve()
	}
	i := int(after / d.each)
	for len(d.slices) <= i {
		d.slices = append(d.slices, Slice{})
	}
	return &d.slices[i]
}

// halve makes one slice of two.
func (d *density) halve() {
	d.each *= 2
	half := d.slices[:0]
	for i := 0; i < len(d.slices); i += 2 {
		one := d.slices[i]
		if i+1 < len(d.slices) {
			one.Messages += d.slices[i+1].Messages
			one.Lost = one.Lost || d.slices[i+1].Lost
		}
		half = append(half, one)
	}
	d.slices = half
}

func (d *density) add(first, t time.Time, messages uint64) { d.at(first, t).Messages += messages }

// lose notes that messages are missing between two times.
func (d *density) lose(first, from, to time.Time) {
	last := d.at(first, to) // from here on a slice is as long as it has to be
	last.Lost = true
	if from.Before(first) {
		from = first
	}
	for t := from; t.Before(to); t = t.Add(d.each) {
		d.at(first, t).Lost = true
	}
}

// divide puts the slices into n of the same duration, of a recording of some length. The
// messages of a slice that belongs to several are divided among them.
func (d *density) divide(length time.Duration, n int) []Slice {
	if len(d.slices) == 0 || n <= 0 {
		return nil
	}
	out := make([]Slice, n)
	column := max(length/time.Duration(n), 1)
	for i, s := range d.slices {
		if s == (Slice{}) {
			continue
		}
		from := min(int(time.Duration(i)*d.each/column), n-1)
		to := min(max(int((time.Duration(i+1)*d.each-1)/column), from), n-1)
		parts := uint64(to - from + 1)
		for c := from; c <= to; c++ {
			k := uint64(c - from)
			out[c].Messages += s.Messages*(k+1)/parts - s.Messages*k/parts
			out[c].Lost = out[c].Lost || s.Lost
		}
	}
	return out
}
