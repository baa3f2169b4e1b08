package feed

import "sort"

// Filtered is the part of a history that a filter selects. It is an index that
// is brought up to date in steps, so that a long history does not hold up the
// user. Gaps always match. It belongs to the goroutine of the [Feed].
type Filtered struct {
	history *History
	filter  Filter
	window  Window   // of the history, as of the latest Advance
	seen    uint64   // position up to which entries were evaluated
	index   []uint64 // positions of matching entries, ascending; append-only
	dropped uint64   // matches that are no longer held
}

// NewFiltered returns an index of h that has seen nothing yet.
func NewFiltered(h *History, f Filter) *Filtered {
	return &Filtered{history: h, filter: f}
}

// bodyStep is how many payload bytes count as much as an entry does, when an
// amount of work is given in entries.
const bodyStep = 1 << 10

// Advance drops what the history has evicted, then evaluates entries not yet
// seen, at least one and at most maxEntries: fewer where payloads exceed 1 KiB.
// It reports whether more remain.
func (x *Filtered) Advance(maxEntries int) bool {
	x.window = x.history.Window()
	gone := sort.Search(len(x.index), func(i int) bool { return x.index[i] >= x.window.first })
	x.index = x.index[gone:]
	x.dropped += uint64(gone)
	x.seen = max(x.seen, x.window.first)
	for budget := max(maxEntries, 1); budget > 0 && x.seen < x.window.next; x.seen++ {
		e := x.window.At(x.seen)
		if e.Gap != nil || x.filter.Match(e.Data) {
			x.index = append(x.index, x.seen)
		}
		budget -= 1 + len(e.Data)/bodyStep
	}
	return x.seen < x.window.next
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
