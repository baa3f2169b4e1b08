package stream

import (
	"fmt"

	"joltui/internal/feed"
	"joltui/ui/views/kit"
)

// FilterMode is what a filter does to the messages that it does not select.
type FilterMode uint8

// The filter modes.
const (
	HideOthers FilterMode = iota
	DimOthers
	ShowOthers // the filter only highlights what it finds
)

// next returns the mode after m; after the last comes the first.
func (m FilterMode) next() FilterMode { return (m + 1) % (ShowOthers + 1) }

// String names the mode as the title of a stream does.
func (m FilterMode) String() string {
	switch m {
	case HideOthers:
		return "filter"
	case DimOthers:
		return "dim"
	default:
		return "highlight"
	}
}

// nextContext returns the number of context lines to offer after n.
func nextContext(n int) int {
	switch n {
	case 0:
		return 1
	case 1:
		return 3
	case 3:
		return 5
	default:
		return 0
	}
}

// nextMode asks for the next filter mode.
func (s *Pane) nextMode() kit.Intent {
	o := s.options
	o.Filter = o.Filter.next()
	switch {
	case s.source.index != nil: // the title shows the mode
	case o.Filter == HideOthers:
		s.said = "a filter will hide the rest"
	case o.Filter == DimOthers:
		s.said = "a filter will dim the rest"
	default:
		s.said = "a filter will highlight only"
	}
	return Look{o}
}

// nextContext asks for more context lines, and after the most for none.
func (s *Pane) nextContext() kit.Intent {
	o := s.options
	o.Context = nextContext(o.Context)
	if !s.source.hides() {
		s.said = fmt.Sprintf("±%d lines, where a filter hides", o.Context)
	}
	return Look{o}
}

// nextHit moves the cursor to the next hit. After the last one it goes to the first, and
// says so.
func (s *Pane) nextHit(rows feed.Rows) {
	index := s.source.index
	if !s.canSearch(rows) {
		return
	}
	origin := s.source.origin(s.cursor.At())
	hit, ok := index.NextHit(origin + 1)
	switch {
	case ok:
	case s.source.more:
		s.said = "no hit yet: still searching"
		return
	default:
		hit, ok = index.NextHit(0)
		s.said = "from the first hit again"
	}
	s.goToHit(hit, ok, origin)
}

// prevHit moves the cursor to the previous hit. Before the first one it goes to the last,
// and says so.
func (s *Pane) prevHit(rows feed.Rows) {
	index := s.source.index
	if !s.canSearch(rows) {
		return
	}
	origin := s.source.origin(s.cursor.At())
	hit, ok := index.PrevHit(origin)
	if s.source.more && !index.Knows(origin) {
		s.said = "not that far yet: still searching"
		return
	}
	if !ok {
		hit, ok = index.PrevHit(s.source.current().Window().Next())
		s.said = "from the last hit again"
		if s.source.more {
			s.said += " so far"
		}
	}
	s.goToHit(hit, ok, origin)
}

// canSearch reports whether there are a filter and a message under the cursor; without a
// filter it says so.
func (s *Pane) canSearch(rows feed.Rows) bool {
	if s.source.index == nil {
		s.said = "nothing to find: no filter is set"
		return false
	}
	return rows.At(s.cursor.At()) != nil
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
