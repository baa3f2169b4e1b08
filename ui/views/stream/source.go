package stream

import (
	"time"

	"joltui/internal/feed"
)

// searchTime is how long all streams on screen together may search at a time, however slow
// the expression is. An Update and the View after it search once each, so that half of a
// frame of 16 ms is left; the search goes on in later frames.
const searchTime = 4 * time.Millisecond

// source has the rows of a stream: those of a history, live or frozen, whole or filtered,
// and before them what the history gave up but is kept. A row has a position among the rows
// that are shown, and an origin, which is its arrival number and stays the same whatever is
// shown.
type source struct {
	of      feed.Topics   // those that are shown
	history *feed.History // nil: the topic is not known
	filter  feed.Filter
	mode    FilterMode
	context int
	paused  bool
	held    bool // the user has scrolled up

	// snapshot is a copy of the history while it is frozen. A copy of a history does not
	// change: what it shares with the original is only appended to.
	snapshot feed.History
	frozen   bool

	now   func() time.Time
	share int            // how many sources share the search time
	index *feed.Filtered // nil without a filter
	more  bool           // the index has not seen everything
	// moreFinds means that what is kept of the filter has not seen everything.
	moreFinds bool

	finds *feed.Finds // what the filter has found so far; nil: nobody keeps that
	// searches is what is kept of the filter that is set: not that of finds while another
	// one is typed. It has to go on searching all the same.
	searches *feed.Finds
	pins     *feed.Pins // what is marked
	kept     keeping
	// stale means that the filter is another one, and that it is not known yet what is
	// kept of it.
	stale bool
}

// setHistory replaces the history, and shows it live.
func (s *source) setHistory(h *feed.History) {
	s.history, s.held, s.frozen, s.snapshot, s.kept = h, false, false, feed.History{}, keeping{}
	s.newIndex()
	s.updateFrozen()
}

// hold sets whether the user has scrolled away from the newest entry.
func (s *source) hold(on bool) {
	s.held = on
	s.updateFrozen()
}

// pause sets whether the user has paused the stream.
func (s *source) pause(on bool) {
	s.paused = on
	s.updateFrozen()
}

// updateFrozen freezes the history if it is paused or held, else it unfreezes it. Rows
// keep their positions.
func (s *source) updateFrozen() {
	want := s.history != nil && (s.paused || s.held)
	switch {
	case want && !s.frozen:
		s.advance()
		s.frozen, s.snapshot = true, *s.history
		s.setIndexHistory(&s.snapshot)
	case !want && s.frozen:
		s.frozen = false
		s.setIndexHistory(s.history)
		s.snapshot = feed.History{}
	}
}

// setIndexHistory has the index go on with h, which is a copy of its history.
func (s *source) setIndexHistory(h *feed.History) {
	if s.index != nil {
		s.index.Follow(h)
		s.advance()
	}
}

// setFilter replaces the filter of the history, frozen or not.
func (s *source) setFilter(f feed.Filter) {
	s.filter, s.stale = f, true
	s.newIndex()
}

// settled reports whether all rows from an origin up to what the search has reached are
// known.
func (s *source) settled(origin uint64) bool {
	return !s.stale && (!s.moreFinds || origin >= s.oldest())
}

// setMode sets what the filter does to other rows, and how many rows of context it leaves.
func (s *source) setMode(mode FilterMode, context int) {
	s.mode, s.context, s.stale = mode, context, true
	if s.index != nil {
		s.index.SetContext(context)
	}
}

// newIndex begins a new index for the filter, if there is one.
func (s *source) newIndex() {
	s.index, s.more = nil, false
	if s.filter.String() != "" && s.history != nil {
		s.index = feed.NewFiltered(s.current(), s.filter)
		s.index.SetContext(s.context)
		if s.finds != nil && s.finds.Filter().String() == s.filter.String() {
			s.index.KeepIn(s.finds)
		}
		s.advance()
	}
}

// advance evaluates the filter on entries that the index has not seen, as far as the search
// time allows. What is kept of the filter is searched first, for half of that time: it is
// what the traffic could push out, also while this stream is frozen.
func (s *source) advance() {
	if s.index == nil && s.searches == nil {
		s.more, s.moreFinds = false, false
		return
	}
	turn := searchTime / time.Duration(s.share)
	more := s.searches != nil && s.searches.Advance(s.until(turn/2))
	s.more = s.index != nil && s.index.Advance(s.until(turn))
	s.moreFinds = more
}

// until returns a function that reports whether a duration has not yet passed.
func (s *source) until(d time.Duration) (goOn func() bool) {
	end := s.now().Add(d)
	return func() bool { return s.now().Before(end) }
}

// hides reports whether the filter hides rows.
func (s *source) hides() bool { return s.filter.String() != "" && s.mode == HideOthers }

// rows returns the rows that are shown.
func (s *source) rows() keptRows {
	switch {
	case s.history == nil:
		return keptRows{s.kept.rows, feed.Window{}}
	case s.hides():
		return keptRows{s.kept.rows, s.index.Window()}
	default:
		return keptRows{s.kept.rows, s.current().Window()}
	}
}

func (s *source) current() *feed.History {
	if s.frozen {
		return &s.snapshot
	}
	return s.history
}

// waiting returns how many entries have come since the history was frozen.
func (s *source) waiting() uint64 {
	if !s.frozen {
		return 0
	}
	return s.history.Window().Next() - s.snapshot.Window().Next()
}

// renew looks at what has come since the history was frozen, which it stays.
func (s *source) renew() {
	s.snapshot = *s.history
	s.setIndexHistory(&s.snapshot)
	s.collect()
}

// origin returns the origin of the row at pos, which must be shown.
func (s *source) origin(pos uint64) uint64 { return s.rows().At(pos).Seq }

// row returns the position of the first row shown whose origin is at least origin. If there
// is none, or the search has not come that far, it is beyond the last row.
func (s *source) row(origin uint64) uint64 { return findSeq(s.rows(), origin) }

// border returns the position of the oldest row that the history holds.
func (s *source) border() uint64 {
	switch {
	case s.history == nil:
		return keptRoom
	case s.hides():
		return keptRoom + s.index.Window().First()
	default:
		return keptRoom + s.current().Window().First()
	}
}

// place returns the position in the history of the row at pos; held is false if it is only
// kept.
func (s *source) place(pos uint64) (place uint64, held bool) {
	switch {
	case pos < s.border():
		return 0, false
	case s.hides():
		return s.index.Window().Origin(pos - keptRoom), true
	default:
		return pos - keptRoom, true
	}
}

// isHit reports whether the filter selects the row at pos.
func (s *source) isHit(pos uint64) bool {
	if s.index == nil {
		return false
	}
	if place, held := s.place(pos); held {
		return s.index.IsHit(place)
	}
	return s.found(s.rows().At(pos))
}

// isOther reports whether the filter has been evaluated on the row at pos and does not
// select it. What is kept was evaluated, or is marked.
func (s *source) isOther(pos uint64) bool {
	if s.index == nil {
		return false
	}
	place, held := s.place(pos)
	return (!held || s.index.Knows(place)) && !s.isHit(pos)
}
