package stream

import (
	"math"

	"joltui/internal/feed"
	"joltui/internal/human"
)

// Rest is what a stream has of its messages, to be saved, and what it lacks.
type Rest struct {
	Entries []*feed.Entry // oldest first, with the gaps between them
	Gone    uint64        // older ones that are not kept any more
	Missed  uint64        // messages that made room before the filter could look at them
	Partly  bool          // not all that is held has been searched yet
	Newer   uint64        // messages that have come since the stream was frozen
}

// Rest returns what the stream shows now, as far up and down as it goes.
func (s *Pane) Rest(f *feed.Feed) Rest {
	rows := s.sync(f)
	r := Rest{Newer: s.source.waiting()}
	for pos := rows.First(); pos < rows.Next(); pos++ {
		if e := rows.At(pos); e != nil {
			r.Entries = append(r.Entries, e)
		}
	}
	if s.source.hides() {
		s.source.lacks(&r)
	} else {
		r.Gone, _ = s.source.othersGone()
	}
	return r
}

// Hits returns what the filter has found on the topics of the stream: what is kept of it, also
// of what has come since the stream was frozen, and what the history holds.
func (s *Pane) Hits(f *feed.Feed) Rest {
	rows := s.sync(f)
	var r Rest
	if s.source.filter.Empty() {
		return r
	}
	for pos := rows.First(); pos < rows.Next(); pos++ {
		if e := rows.At(pos); e != nil && e.Gap == nil && s.source.isHit(pos) {
			r.Entries = append(r.Entries, e)
		}
	}
	if s.source.finds != nil {
		r.Entries = merged(s.source.finds.Before(math.MaxUint64, s.source.of, nil), r.Entries, math.MaxUint64)
	}
	s.source.lacks(&r)
	return r
}

// lacks says what is not among the hits.
func (s *source) lacks(r *Rest) {
	r.Partly = s.more || s.moreFinds
	if s.finds != nil {
		r.Gone, r.Missed = s.finds.Gone(), s.finds.Missed()
	}
}

// Without says what is not among the messages, each in a few words.
func (r *Rest) Without() (without []string) {
	if r.Gone > 0 {
		without = append(without, human.Counted(r.Gone, "older one")+", which made room")
	}
	if r.Missed > 0 {
		without = append(without, human.Counted(r.Missed, "message")+" that made room before the filter could look")
	}
	if r.Partly {
		without = append(without, "what the filter has not searched yet")
	}
	if r.Newer > 0 {
		without = append(without, human.Counted(r.Newer, "newer one")+", as the stream stands still")
	}
	return without
}
