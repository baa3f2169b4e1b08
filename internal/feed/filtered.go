package feed

import "sort"

// Filtered is the part of a history that a filter selects, with some entries of context
// around each hit. It is an index that is built in steps, so that neither a long history
// nor a slow expression blocks the dashboard. Gaps are always part of it. It belongs to the
// goroutine of the [Feed].
type Filtered struct {
	history *History
	filter  Filter
	context int         // entries before and after each hit
	window  Window      // of the history, as of the latest Advance
	seen    uint64      // position up to which entries were evaluated
	hits    []uint64    // positions of matching messages, ascending; append-only
	gaps    []uint64    // positions of gaps, ascending; append-only
	index   []uint64    // positions of the rows, ascending; append-only
	dropped uint64      // rows that are no longer held
	verdict <-chan bool // will have the result for the long payload at seen; else nil
	missed  uint64      // entries that were evicted before they were evaluated
	finds   *Finds      // where hits are kept; nil: nowhere
}

// MaxContext is how many entries around a hit a [Filtered] can have.
const MaxContext = 10

// NewFiltered returns an index of h that has seen nothing yet.
func NewFiltered(h *History, f Filter) *Filtered {
	return &Filtered{history: h, filter: f}
}

// Follow goes on with another copy of the same history: a snapshot, or the live one.
func (x *Filtered) Follow(h *History) { x.history = h }

// KeepIn keeps all hits, also those found so far, in finds of the same filter. What that
// filter has already said of a message is not evaluated again.
func (x *Filtered) KeepIn(finds *Finds) {
	x.finds = finds
	for _, pos := range x.hits[search(x.hits, x.window.first):] {
		finds.add(x.window.At(pos))
	}
}

// SetContext adds n entries before and after each hit to the rows, at most
// [MaxContext]. Those before end at a gap. The rows have other positions
// afterwards.
func (x *Filtered) SetContext(n int) {
	n = max(min(n, MaxContext), 0)
	if n == x.context {
		return
	}
	x.context, x.index, x.dropped = n, nil, 0
	hits, gaps := search(x.hits, x.window.first), 0
	for pos := x.window.first; pos < x.seen; pos++ {
		if hits < len(x.hits) && x.hits[hits] == pos {
			hits++
		}
		gap := gaps < len(x.gaps) && x.gaps[gaps] == pos
		if gap {
			gaps++
		}
		x.add(pos, x.hits[:hits], gap)
	}
}

// Advance removes what the history has evicted, then evaluates entries not yet seen, until
// goOn, which is called before each but the first, returns false. It reports whether more
// remain. A long payload is evaluated on another goroutine; until that is done, Advance
// evaluates nothing and has to be called again.
func (x *Filtered) Advance(goOn func() bool) (more bool) {
	x.window = x.history.Window()
	x.drop()
	for first := true; x.seen < x.window.next && (first || goOn()); first = false {
		e := x.window.At(x.seen)
		matches, known := x.match(e)
		switch {
		case !known:
			return true
		case matches:
			x.hits = append(x.hits, x.seen)
			if x.finds != nil {
				x.finds.add(e)
			}
		case e.Gap != nil:
			x.gaps = append(x.gaps, x.seen)
		}
		x.add(x.seen, x.hits, e.Gap != nil)
		x.seen++
	}
	return x.seen < x.window.next
}

// drop removes what the history no longer holds, except for hits whose context may still be
// held.
func (x *Filtered) drop() {
	first := x.window.first
	gone := search(x.index, first)
	x.index = x.index[gone:]
	x.dropped += uint64(gone)
	x.gaps = x.gaps[search(x.gaps, first):]
	x.hits = x.hits[search(x.hits, first-min(first, MaxContext)):]
	if x.seen < first {
		x.missed += first - x.seen
		x.seen, x.verdict = first, nil
	}
}

// match evaluates the entry at seen; known is false if that goes on on another goroutine.
func (x *Filtered) match(e *Entry) (matches, known bool) {
	if e.Gap != nil {
		return false, true
	}
	if x.finds != nil {
		if matches, known = x.finds.verdict(e.Seq); known {
			x.verdict = nil
			return matches, true
		}
		if x != x.finds.live && x.finds.evaluates(e.Seq) {
			return false, false
		}
	}
	if x.verdict == nil {
		if matches, done := x.filter.matchSoon(e.Data); done {
			return matches, true
		}
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

// add makes rows of the entry at pos and of the context before it, according to the hits up
// to pos.
func (x *Filtered) add(pos uint64, hits []uint64, gap bool) {
	since := pos + 1 // entries since the last hit
	if len(hits) > 0 {
		since = pos - hits[len(hits)-1]
	}
	if since == 0 {
		x.addBefore(pos)
	}
	if since <= uint64(x.context) && len(hits) > 0 || gap {
		x.index = append(x.index, pos)
	}
}

// addBefore makes rows of the context before a hit at pos. The context ends at an entry that
// is a row already, such as a gap.
func (x *Filtered) addBefore(pos uint64) {
	from := max(pos-min(pos, uint64(x.context)), x.window.first)
	if n := len(x.index); n > 0 {
		from = max(from, x.index[n-1]+1)
	}
	for ; from < pos; from++ {
		x.index = append(x.index, from)
	}
}

// Filter returns the filter of this index.
func (x *Filtered) Filter() Filter { return x.filter }

// Matched returns how many of the messages seen match.
func (x *Filtered) Matched() int { return len(x.hits) - search(x.hits, x.window.first) }

// Seen returns how many of the messages held were evaluated.
func (x *Filtered) Seen() int { return int(x.seen-x.window.first) - len(x.gaps) }

// Knows reports whether the entry at a position of the history was evaluated.
func (x *Filtered) Knows(pos uint64) bool { return pos < x.seen }

// IsHit reports whether the message at a position of the history matches, as
// far as that is known.
func (x *Filtered) IsHit(pos uint64) bool {
	i := search(x.hits, pos)
	return i < len(x.hits) && x.hits[i] == pos
}

// NextHit returns the position in the history of the first hit at pos or after.
func (x *Filtered) NextHit(pos uint64) (hit uint64, ok bool) {
	i := search(x.hits, max(pos, x.window.first))
	if i == len(x.hits) {
		return 0, false
	}
	return x.hits[i], true
}

// PrevHit returns the position in the history of the last hit before pos.
func (x *Filtered) PrevHit(pos uint64) (hit uint64, ok bool) {
	i := search(x.hits, pos) - 1
	if i < 0 || x.hits[i] < x.window.first {
		return 0, false
	}
	return x.hits[i], true
}

// HitNumber returns the number of the hit at a position of the history among those that are
// held, from 1.
func (x *Filtered) HitNumber(pos uint64) int {
	return search(x.hits, pos) - search(x.hits, x.window.first) + 1
}

// search returns the index of the first position in sorted that is at least pos.
func search(sorted []uint64, pos uint64) int {
	return sort.Search(len(sorted), func(i int) bool { return sorted[i] >= pos })
}

// Window returns the rows as of the latest Advance. It costs no allocation.
func (x *Filtered) Window() FilteredWindow {
	return FilteredWindow{x.window, x.index, x.dropped}
}

// FilteredWindow is an immutable part of a filtered history. Its positions
// count its rows only. The zero FilteredWindow is empty.
type FilteredWindow struct {
	window Window
	index  []uint64
	first  uint64
}

var _ Rows = FilteredWindow{}

// First returns the position of the oldest row.
func (w FilteredWindow) First() uint64 { return w.first }

// Next returns the position after the newest row.
func (w FilteredWindow) Next() uint64 { return w.first + uint64(len(w.index)) }

// Len returns how many rows there are.
func (w FilteredWindow) Len() int { return len(w.index) }

// At returns the row at pos, or nil if pos is not in [First, Next). The caller
// must not change it.
func (w FilteredWindow) At(pos uint64) *Entry {
	if pos < w.first || pos >= w.Next() {
		return nil
	}
	return w.window.At(w.index[pos-w.first])
}

// Origin returns the position in the history of the row at pos, which must be in
// [First, Next).
func (w FilteredWindow) Origin(pos uint64) uint64 { return w.index[pos-w.first] }

// Row returns the position of the first row that is at a position of the history
// or after it; Next if there is none.
func (w FilteredWindow) Row(origin uint64) uint64 {
	return w.first + uint64(search(w.index, origin))
}
