package stream

import (
	"time"

	"joltui/internal/feed"
)

// searchTime is how long all streams on screen together may search at a time, however slow
// the expression is. An Update and the View after it search once each, so that half of a
// frame of 16 ms is left; the search goes on in later frames.
const searchTime = 4 * time.Millisecond

// source has the rows of a stream: those of a history, live or frozen, whole or filtered.
// A row has a position among the rows that are shown, and an origin, which is its position
// in the history and stays the same whatever is shown.
type source struct {
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
}

// setHistory replaces the history, and shows it live.
func (s *source) setHistory(h *feed.History) {
	s.history, s.held, s.frozen, s.snapshot = h, false, false, feed.History{}
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
	s.filter = f
	s.newIndex()
}

// setMode sets what the filter does to other rows, and how many rows of context it leaves.
func (s *source) setMode(mode FilterMode, context int) {
	s.mode, s.context = mode, context
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
		s.advance()
	}
}

// advance evaluates the filter on entries that the index has not seen, as far as the search
// time allows.
func (s *source) advance() {
	if s.index != nil {
		end := s.now().Add(searchTime / time.Duration(s.share))
		s.more = s.index.Advance(func() bool { return s.now().Before(end) })
	}
}

// hides reports whether the filter hides rows.
func (s *source) hides() bool { return s.index != nil && s.mode == HideOthers }

// rows returns the rows that are shown.
func (s *source) rows() feed.Rows {
	switch {
	case s.history == nil:
		return feed.Window{}
	case s.hides():
		return s.index.Window()
	default:
		return s.current().Window()
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

// origin returns the origin of the row at pos, which must be shown.
func (s *source) origin(pos uint64) uint64 {
	if s.hides() {
		return s.index.Window().Origin(pos)
	}
	return pos
}

// row returns the position of the first row shown whose origin is at least origin. If there
// is none, or the search has not come that far, it is beyond the last row.
func (s *source) row(origin uint64) uint64 {
	if s.hides() {
		return s.index.Window().Row(origin)
	}
	return origin
}

// isHit reports whether the filter selects the row at pos.
func (s *source) isHit(pos uint64) bool {
	return s.index != nil && s.index.IsHit(s.origin(pos))
}

// isOther reports whether the filter has been evaluated on the row at pos and does not
// select it.
func (s *source) isOther(pos uint64) bool {
	if s.index == nil {
		return false
	}
	origin := s.origin(pos)
	return s.index.Knows(origin) && !s.index.IsHit(origin)
}
