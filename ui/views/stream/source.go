package stream

import (
	"time"

	"joltui/internal/feed"
)

// searchTime is how long all streams on screen together may search in one go,
// however slow the expression is. An Update and the View after it search once
// each, so that half of a frame of 16 ms is left; the rest of the search follows
// in later frames.
const searchTime = 4 * time.Millisecond

// source is what a stream reads: a history, live or frozen, whole or filtered.
// Besides the positions of its rows it knows the origin of each, which is its
// position in the history: that stays the same whatever is shown of it.
type source struct {
	history *feed.History // nil: the topic is not known
	filter  feed.Filter
	mode    FilterMode
	context int
	paused  bool
	held    bool // the user scrolled up

	// still is the history as it was when it was frozen. A copy of a history
	// does not change: what it shares with the original is only appended to.
	still  feed.History
	frozen bool

	now   func() time.Time
	share int            // of the search time that this source has: one part in so many
	index *feed.Filtered // nil without a filter
	more  bool           // the index has not seen everything
}

// show starts on another history, from its newest entry on.
func (s *source) show(h *feed.History) {
	s.history, s.held, s.frozen, s.still = h, false, false, feed.History{}
	s.search()
	s.apply()
}

// hold says whether the user has scrolled away from the newest entry.
func (s *source) hold(on bool) {
	s.held = on
	s.apply()
}

// pause says whether the user wants no movement at all.
func (s *source) pause(on bool) {
	s.paused = on
	s.apply()
}

// apply freezes or unfreezes as paused and held have it. No row gets another
// position by that.
func (s *source) apply() {
	want := s.history != nil && (s.paused || s.held)
	switch {
	case want && !s.frozen:
		s.advance()
		s.frozen, s.still = true, *s.history
		s.follow(&s.still)
	case !want && s.frozen:
		s.frozen = false
		s.follow(s.history)
		s.still = feed.History{}
	}
}

// follow has the index go on with a copy of the history.
func (s *source) follow(h *feed.History) {
	if s.index != nil {
		s.index.Follow(h)
		s.advance()
	}
}

// setFilter filters what is on show, frozen or not.
func (s *source) setFilter(f feed.Filter) {
	s.filter = f
	s.search()
}

// setMode changes what the filter does, and how much of the context it leaves.
func (s *source) setMode(mode FilterMode, context int) {
	s.mode, s.context = mode, context
	if s.index != nil {
		s.index.SetContext(context)
	}
}

// search begins an index of what is on show.
func (s *source) search() {
	s.index, s.more = nil, false
	if s.filter.String() != "" && s.history != nil {
		s.index = feed.NewFiltered(s.current(), s.filter)
		s.index.SetContext(s.context)
		s.advance()
	}
}

// advance evaluates what came since the last time, as far as there is time.
func (s *source) advance() {
	if s.index != nil {
		end := s.now().Add(searchTime / time.Duration(s.share))
		s.more = s.index.Advance(func() bool { return s.now().Before(end) })
	}
}

// hides reports whether rows are left out.
func (s *source) hides() bool { return s.index != nil && s.mode == HideOthers }

// rows are what is on show.
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
		return &s.still
	}
	return s.history
}

// waiting is how many entries came since the history was frozen.
func (s *source) waiting() uint64 {
	if !s.frozen {
		return 0
	}
	return s.history.Window().Next() - s.still.Window().Next()
}

// origin returns that of the row at pos, which must be one of rows.
func (s *source) origin(pos uint64) uint64 {
	if s.hides() {
		return s.index.Window().Origin(pos)
	}
	return pos
}

// row returns the first row whose origin is at least that; beyond the last row
// if there is none, or the search has not come that far.
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

// isOther reports whether the filter does not select the row at pos.
func (s *source) isOther(pos uint64) bool {
	if s.index == nil {
		return false
	}
	origin := s.origin(pos)
	return s.index.Knows(origin) && !s.index.IsHit(origin)
}
