package stream

import (
	"slices"

	"joltui/internal/feed"
	"joltui/internal/human"
)

// nextHit returns the first hit whose origin is at least origin.
func (s *source) nextHit(origin uint64) (hit uint64, ok bool) {
	for _, e := range s.kept.rows {
		if e.Seq >= origin && s.found(e) {
			return e.Seq, true
		}
	}
	w := s.current().Window()
	place, ok := s.index.NextHit(findSeq(w, origin))
	if !ok {
		return 0, false
	}
	return w.At(place).Seq, true
}

// prevHit returns the last hit whose origin is less than origin.
func (s *source) prevHit(origin uint64) (hit uint64, ok bool) {
	w := s.current().Window()
	if place, ok := s.index.PrevHit(findSeq(w, origin)); ok {
		return w.At(place).Seq, true
	}
	for _, e := range slices.Backward(s.kept.rows) {
		if e.Seq < origin && s.found(e) {
			return e.Seq, true
		}
	}
	return 0, false
}

// found reports whether the filter has found a message that is kept: the others are marked.
func (s *source) found(e *feed.Entry) bool { return s.finds != nil && s.finds.Has(e.Seq) }

// hitNumber returns the number of the hit at pos among all that are shown, from 1.
func (s *source) hitNumber(pos uint64) int {
	if place, held := s.place(pos); held {
		return s.kept.hits + s.index.HitNumber(place)
	}
	n := 0
	for _, e := range s.kept.rows[:pos-s.rows().First()+1] {
		if s.found(e) {
			n++
		}
	}
	return n
}

// matched returns how many hits there are, with those that are kept.
func (s *source) matched() int { return s.kept.hits + s.index.Matched() }

// nextHit moves the cursor to the next hit. After the last one it looks at what has come
// since the stream was frozen. If there is none there, it says so, and goes on from the first
// hit if asked once more.
func (s *Pane) nextHit(rows feed.Rows) {
	origin, ok := s.searchFrom(rows)
	if !ok {
		return
	}
	hit, ok := s.source.nextHit(origin + 1)
	newer := ""
	if !ok && !s.source.more {
		if newer = s.lookAtNewer(); newer != "" {
			hit, ok = s.source.nextHit(origin + 1)
		}
	}
	switch {
	case ok:
		s.said = newer
	case s.source.more:
		s.said = "no hit yet: still searching"
		return
	case s.atEnd == endLast:
		hit, ok = s.source.nextHit(0)
		s.said = "from the first hit again"
	default:
		s.sayEnd(endLast, "no newer hit", s.actions.Key("stream.hit.previous").Help().Key+" goes back")
		return
	}
	s.goToHit(hit, ok, origin)
}

// prevHit moves the cursor to the previous hit. If there is none it says so, and goes on from
// the last hit if asked once more.
func (s *Pane) prevHit(rows feed.Rows) {
	origin, ok := s.searchFrom(rows)
	if !ok {
		return
	}
	if s.source.more && s.isAhead(origin) {
		s.said = "not that far yet: still searching"
		return
	}
	hit, ok := s.source.prevHit(origin)
	switch {
	case ok:
	case s.atEnd == endFirst:
		hit, ok = s.source.prevHit(^uint64(0))
		s.said = "from the last hit again"
		if s.source.more {
			s.said += " so far"
		}
	default:
		s.sayEnd(endFirst, "no older hit", s.actions.Key("stream.hit.next").Help().Key+" goes on")
		return
	}
	s.goToHit(hit, ok, origin)
}

// hitEnd is an end of the hits at which the latest key found the cursor; the same key, once
// more, goes on from the other end.
type hitEnd uint8

const (
	endNone hitEnd = iota
	endFirst
	endLast
)

// sayEnd says that there is no further hit at an end, and which key leads to one, if there
// are any.
func (s *Pane) sayEnd(end hitEnd, none, way string) {
	switch all := s.source.matched(); {
	case all == 0 && s.source.waiting() > 0:
		s.said = "no hits, nor among " + human.Count(s.source.waiting()) + " newer"
	case all == 0:
		s.said = "no hits"
	case all == 1 && s.source.rows().At(s.cursor.At()) != nil && s.source.isHit(s.cursor.At()):
		s.said = "the only hit"
	default:
		s.said, s.nowAtEnd = none+", "+way, end
	}
}

// lookAtNewer shows what has come since the stream was frozen, if there may be hits in it,
// and says so; the stream stays frozen. It returns nothing if there is nothing to look at.
func (s *Pane) lookAtNewer() string {
	n := s.source.waiting()
	if hits, known := s.source.newerHits(); n == 0 || known && hits == 0 {
		return ""
	}
	s.keepCursorPlace(s.source.renew)
	return "searched " + human.Count(n) + " newer"
}

// isAhead reports whether the search has not yet come to an origin.
func (s *Pane) isAhead(origin uint64) bool {
	return !s.source.index.Knows(findSeq(s.source.current().Window(), origin))
}

// searchFrom returns the origin of the row under the cursor, 0 if there is no row. ok is
// false, and the pane says so, if there is no filter.
func (s *Pane) searchFrom(rows feed.Rows) (origin uint64, ok bool) {
	if s.source.index == nil {
		s.said = "nothing to find: no filter is set"
		return 0, false
	}
	if e := rows.At(s.cursor.At()); e != nil {
		origin = e.Seq
	}
	return origin, true
}

// goToHit moves the cursor to a hit, if ok, and says where there is none, or no other one.
// hit and from are origins; see [source].
func (s *Pane) goToHit(hit uint64, ok bool, from uint64) {
	switch {
	case !ok:
		s.said = "no hits"
		return
	case hit == from:
		s.said = "the only hit"
	}
	s.cursor.GoTo(s.source.row(hit))
	s.hold()
}

// ToNewestHit moves the cursor of a stream that follows to the newest hit. Where the filter
// shows others, too, the cursor then stays there. A stream that is frozen stays as it is.
func (s *Pane) ToNewestHit(f *feed.Feed) {
	s.sync(f)
	if s.source.index == nil || s.source.hides() || !s.cursor.Following() || s.source.paused {
		return
	}
	if hit, ok := s.source.prevHit(^uint64(0)); ok {
		s.cursor.GoTo(s.source.row(hit))
		s.hold()
	}
}
