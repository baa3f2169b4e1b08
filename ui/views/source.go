package views

import (
	"sort"
	"time"

	"joltui/feed"
)

// searchTime is how long all streams on screen together may search in one go,
// however slow the expression is. An Update and the View after it search once
// each, so that half of a frame of 16 ms is left; the rest of the search follows
// in later frames.
const searchTime = 4 * time.Millisecond

// source is what a stream reads: a history, live or frozen, whole or filtered.
type source struct {
	history *feed.History // nil: the topic is not known
	filter  feed.Filter
	paused  bool
	held    bool // the user scrolled up

	// still is the history as it was when it was frozen. A copy of a history
	// does not change: what it shares with the original is only appended to.
	still  feed.History
	frozen bool

	now     func() time.Time
	share   int            // of the search time that this source has: one part in so many
	index   *feed.Filtered // nil without a filter
	indexed *feed.History  // what index is of: history, or still
	more    bool           // the index has not seen everything
}

// show starts on another history, from its newest entry on.
func (s *source) show(h *feed.History) {
	*s = source{history: h, filter: s.filter, paused: s.paused, now: s.now, share: s.share}
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

// apply freezes or unfreezes as paused and held have it. An index that has seen
// everything is kept: it freezes when it is no longer advanced.
func (s *source) apply() {
	want := s.history != nil && (s.paused || s.held)
	switch {
	case want && !s.frozen:
		s.advance()
		s.frozen, s.still = true, *s.history
		if s.more {
			s.search()
		}
	case !want && s.frozen:
		s.frozen, s.still = false, feed.History{}
		if s.indexed != s.history {
			s.search()
		}
		s.advance()
	}
}

// setFilter filters what is on show, frozen or not.
func (s *source) setFilter(f feed.Filter) {
	s.filter = f
	s.search()
}

// search begins an index of what is on show.
func (s *source) search() {
	s.index, s.indexed, s.more = nil, s.current(), false
	if s.filter.String() != "" && s.indexed != nil {
		s.index = feed.NewFiltered(s.indexed, s.filter)
		s.advance()
	}
}

// advance evaluates what came since the last time, as far as there is time.
func (s *source) advance() {
	if s.index != nil && s.indexed == s.current() {
		end := s.now().Add(searchTime / time.Duration(s.share))
		s.more = s.index.Advance(func() bool { return s.now().Before(end) })
	}
}

// rows are what is on show.
func (s *source) rows() feed.Rows {
	switch {
	case s.history == nil:
		return feed.Window{}
	case s.index != nil:
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

// find returns the position of the first row that is as new as seq.
func (s *source) find(seq uint64) uint64 {
	rows := s.rows()
	n := int(rows.Next() - rows.First())
	return rows.First() + uint64(sort.Search(n, func(i int) bool {
		return rows.At(rows.First()+uint64(i)).Seq >= seq
	}))
}
