package stream

import (
	"math"

	"joltui/internal/feed"
)

// keptRoom is the position of the first row of a history. The rows before it are those that
// the history gave up, and that are kept all the same: what the filter has found, and what is
// marked.
const keptRoom = 1 << 32

// keptRows are the rows that are kept, then those of a history.
type keptRows struct {
	kept []*feed.Entry
	rest feed.Rows
}

// First implements [feed.Rows].
func (r keptRows) First() uint64 { return r.border() - uint64(len(r.kept)) }

// Next implements [feed.Rows].
func (r keptRows) Next() uint64 { return keptRoom + r.rest.Next() }

// At implements [feed.Rows].
func (r keptRows) At(pos uint64) *feed.Entry {
	if first := r.First(); pos >= first && pos < r.border() {
		return r.kept[pos-first]
	}
	return r.rest.At(pos - keptRoom)
}

// border returns the position of the oldest row that the history holds.
func (r keptRows) border() uint64 { return keptRoom + r.rest.First() }

// keeping is what a source shows of what its history gave up, and what that depends on.
type keeping struct {
	rows []*feed.Entry // oldest first
	hits int           // how many of them the filter has found
	of   keptOf
}

type keptOf struct {
	pins   *feed.Pins
	finds  *feed.Finds
	oldest uint64 // arrival number of the oldest entry that the history holds
	hides  bool
	// The revisions of both.
	pinned, found uint64
}

// keep takes over what f keeps for this source.
func (s *source) keep(f *feed.Feed) {
	s.pins = f.Pins()
	finds := f.Finds()
	s.searches = finds
	if finds != nil && finds.Filter().String() != s.filter.String() {
		finds = nil // another filter is being typed
	}
	if finds != s.finds {
		s.finds = finds
		if finds != nil && s.index != nil {
			s.index.KeepIn(finds)
		}
	}
}

// collect brings the rows that are kept up to date.
func (s *source) collect() {
	s.stale = false
	of := keptOf{pins: s.pins, finds: s.finds, oldest: s.oldest(), hides: s.hides()}
	if s.pins != nil {
		of.pinned = s.pins.Revision()
	}
	if s.finds != nil {
		of.found = s.finds.Revision()
	}
	if of == s.kept.of {
		return
	}
	s.kept = keeping{of: of}
	if s.finds != nil {
		s.kept.rows = s.finds.Before(of.oldest, s.of, nil)
		s.kept.hits = len(s.kept.rows)
	}
	if s.pins != nil && !of.hides {
		s.kept.rows = merged(s.kept.rows, s.pins.Of(s.of), of.oldest)
	}
}

// merged returns the entries of both, in the order of their arrival, as far as they came
// before the one with an arrival number.
func merged(a, b []*feed.Entry, before uint64) []*feed.Entry {
	all := make([]*feed.Entry, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || b[0].Seq >= before:
			return append(all, a...)
		case len(a) == 0 || b[0].Seq < a[0].Seq:
			all, b = append(all, b[0]), b[1:]
		case b[0].Seq == a[0].Seq:
			b = b[1:]
		default:
			all, a = append(all, a[0]), a[1:]
		}
	}
	return all
}

// oldest returns the arrival number of the oldest entry that the history holds; if it holds
// none, a number that is larger than all.
func (s *source) oldest() uint64 {
	if s.history != nil {
		w := s.current().Window()
		if e := w.At(w.First()); e != nil {
			return e.Seq
		}
	}
	return math.MaxUint64
}

// newest returns the arrival number of the newest entry that is shown of the history; 0 if
// there is none.
func (s *source) newest() uint64 {
	if s.history != nil {
		w := s.current().Window()
		if e := w.At(w.Next() - 1); e != nil {
			return e.Seq
		}
	}
	return 0
}

// newerHits returns how many hits have come since the history was frozen; known is false if
// they have not all been searched.
func (s *source) newerHits() (n int, known bool) {
	if !s.frozen || s.finds == nil {
		return 0, !s.frozen
	}
	w := s.history.Window()
	e := w.At(w.Next() - 1)
	return s.finds.After(s.newest(), s.of), e == nil || e.Seq <= s.finds.Through()
}

// othersGone returns how many entries the history has given up that are not kept; known is
// false if some of those that are kept were in another history, because the topic was
// forgotten in between.
func (s *source) othersGone() (n uint64, known bool) {
	kept := uint64(len(s.kept.rows))
	if s.history == nil {
		return 0, false
	}
	first := s.current().Window().First()
	return first - min(first, kept), first >= kept
}
