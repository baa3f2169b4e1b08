package stream

import "joltui/internal/feed"

// cursorPlace is where the cursor of a stream is: on a message, and on a line of the
// screen. Both stay, as far as possible, when a filter or an option changes.
type cursorPlace struct {
	origin uint64 // of the row under the cursor; see [source]
	line   int    // of the screen, on which that row begins
	seek   bool   // the cursor then goes on to the first hit from there
}

// keptLine is a row and the line of the screen on which it is drawn.
type keptLine struct {
	row  uint64
	line int
}

// keepCursorPlace calls change, which may give the rows other positions, and puts the
// cursor back where it was.
func (s *Pane) keepCursorPlace(change func()) {
	place, ok := s.cursorPlace()
	change()
	if ok {
		s.goTo(place)
	}
}

// cursorPlace returns where the cursor is; ok is false while the stream follows the newest
// message or has none.
func (s *Pane) cursorPlace() (place cursorPlace, ok bool) {
	if s.cursor.Following() {
		return cursorPlace{}, false
	}
	if s.wanted != nil {
		return *s.wanted, true
	}
	rows := s.source.rows()
	if rows.At(s.cursor.At()) == nil {
		return cursorPlace{}, false
	}
	// Keys may have moved the cursor since it was drawn.
	line := s.cursorLine.line + int(int64(s.cursor.At()-s.cursorLine.row))
	line = min(max(line, min(s.cursorLine.line, 0)), max(s.area().H-1, 0))
	return cursorPlace{origin: s.source.origin(s.cursor.At()), line: line}, true
}

// goTo puts the cursor on the row of a place, or the nearest one that is shown, and that
// row on its line. If the search has not come that far, sync calls goTo again later.
func (s *Pane) goTo(p cursorPlace) {
	rows, row := s.source.rows(), s.source.row(p.origin)
	s.wanted = &p
	if rows.Next() == rows.First() {
		return
	}
	found := row < rows.Next()
	row = max(min(row, rows.Next()-1), rows.First())
	s.cursor.SetRows(rows.First(), rows.Next())
	// The top of the screen is only about right, which is enough to measure the columns;
	// keepLine puts it right.
	s.cursor.GoToAt(row, p.line)
	s.kept = &keptLine{row, p.line}
	if p.seek && !s.source.hides() {
		found = s.seek(p.origin)
	}
	if s.source.settled(p.origin) && (found || !s.source.more) {
		s.wanted = nil
	}
}

// seek puts the cursor on the first hit at an origin or after it.
func (s *Pane) seek(origin uint64) (found bool) {
	if s.source.index == nil {
		return true
	}
	hit, found := s.source.nextHit(origin)
	if found {
		s.cursor.GoTo(s.source.row(hit))
	}
	return found
}

// keepLine scrolls so that the row of kept is on its line.
func (s *Pane) keepLine(rows feed.Rows, g *grid) {
	k := s.kept
	s.kept = nil
	if k == nil || s.cursor.Following() || rows.At(k.row) == nil {
		return
	}
	s.cursor.EndAt(k.row, k.line-g.separator(k.row)+g.lines(k.row), g.lines)
}

// BeginFilter remembers where the cursor is before a filter is typed.
func (s *Pane) BeginFilter() {
	s.typing, s.said = nil, ""
	if p, ok := s.cursorPlace(); ok {
		s.typing = &filterTyping{s.source.filter.String(), p}
	}
}

// filterTyping is the filter and the place of the cursor from before a filter is typed.
type filterTyping struct {
	text  string
	place cursorPlace
}

// TryFilter is SetFilter for a filter that is being typed. The cursor goes to the first hit
// from where it was at [Pane.BeginFilter], or back there if the filter is again the one
// from then.
func (s *Pane) TryFilter(f feed.Filter) {
	if s.typing == nil {
		s.SetFilter(f)
		return
	}
	place := s.typing.place
	place.seek = f.String() != s.typing.text
	s.source.setFilter(f)
	s.goTo(place)
}

// SetFilter sets the filter, also of a frozen stream. The cursor stays on its message, or
// goes to the nearest one that is still shown.
func (s *Pane) SetFilter(f feed.Filter) {
	s.typing = nil
	if f.String() != s.source.filter.String() {
		s.keepCursorPlace(func() { s.source.setFilter(f) })
	}
}
