package feed

import "sort"

// Filtered is the part of a history that a filter selects. It is an index that
// is brought up to date in steps, so that neither a long history nor a slow
// expression holds up the user. Gaps always match. It belongs to the goroutine
// of the [Feed].
type Filtered struct {
	history *History
	filter  Filter
	window  Window      // of the history, as of the latest Advance
	seen    uint64      // position up to which entries were evaluated
	index   []uint64    // positions of matching entries, ascending; append-only
	dropped uint64      // matches that are no longer held
	verdict <-chan bool // on the long payload at seen; nil when none is awaited
}

// NewFiltered returns an index of h that has seen nothing yet.
func NewFiltered(h *History, f Filter) *Filtered {
	return &Filtered{history: h, filter: f}
}

// longBody is the longest payload, in bytes, that Advance evaluates itself: a
// usual expression takes 3 ms for it, 50 ns a byte. A payload of 4 MiB would
// take a fifth of a second, and nothing can interrupt it.
const longBody = 64 << 10

// Advance drops what the history has evicted, then evaluates entries not yet
// seen, as long as goOn, which is asked before each but the first. It reports
// whether more remain. A payload of over 64 KiB is evaluated on another
// goroutine; until that is done, nothing remains but to call Advance later.
func (x *Filtered) Advance(goOn func() bool) (more bool) {
	x.window = x.history.Window()
	gone := sort.Search(len(x.index), func(i int) bool { return x.index[i] >= x.window.first })
	x.index = x.index[gone:]
	x.dropped += uint64(gone)
	if x.seen < x.window.first {
		x.seen, x.verdict = x.window.first, nil
	}
	for first := true; x.seen < x.window.next && (first || goOn()); first = false {
		matches, known := x.match(x.window.At(x.seen))
		if !known {
			return true
		}
		if matches {
			x.index = append(x.index, x.seen)
		}
		x.seen++
	}
	return x.seen < x.window.next
}

// match evaluates the entry at seen, unless that takes too long to wait for.
func (x *Filtered) match(e *Entry) (matches, known bool) {
	switch {
	case e.Gap != nil:
		return true, true
	case len(e.Data) <= longBody:
		return x.filter.Match(e.Data), true
	case x.verdict == nil:
		x.verdict = x.filter.matchAside(e.Data)
	}
	select {
	case matches := <-x.verdict:
		x.verdict = nil
		return matches, true
	default:
		return false, false
	}
}

// Filter returns the filter of this index.
func (x *Filtered) Filter() Filter { return x.filter }

// Matched returns how many of the entries seen match, gaps included.
func (x *Filtered) Matched() int { return len(x.index) }

// Seen returns how many of the entries held were evaluated.
func (x *Filtered) Seen() int { return int(x.seen - x.window.first) }

// Window returns the matching entries as of the latest Advance. It costs no
// allocation.
func (x *Filtered) Window() FilteredWindow {
	return FilteredWindow{x.window, x.index, x.dropped}
}

// FilteredWindow is an immutable part of a filtered history. Its positions
// count matching entries only. The zero FilteredWindow is empty.
type FilteredWindow struct {
	window Window
	index  []uint64
	first  uint64
}

var _ Rows = FilteredWindow{}

// First returns the position of the oldest matching entry.
func (w FilteredWindow) First() uint64 { return w.first }

// Next returns the position after the newest matching entry.
func (w FilteredWindow) Next() uint64 { return w.first + uint64(len(w.index)) }

// Len returns how many entries match.
func (w FilteredWindow) Len() int { return len(w.index) }

// At returns the matching entry at pos, or nil if pos is not in [First, Next).
// The caller must not change it.
func (w FilteredWindow) At(pos uint64) *Entry {
	if pos < w.first || pos >= w.Next() {
		return nil
	}
	return w.window.At(w.index[pos-w.first])
}
