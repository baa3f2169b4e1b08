package views

import (
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
)

// Scroll moves the stream by so many lines.
func (s *Stream) Scroll(by int, f *feed.Feed, now time.Time) {
	rows := s.sync(f)
	g := s.newGrid(rows, Rect{W: s.w, H: s.h}.Inner(), now)
	s.cursor.Scroll(by, g.height, g.lines)
	s.keepPlace(func() { s.source.hold(!s.cursor.Following()) })
}

// SelectLine puts the cursor on a line inside the border, counted from 0, where
// it then stays while messages come, and reports whether there is anything.
func (s *Stream) SelectLine(line int, f *feed.Feed, now time.Time) bool {
	rows := s.sync(f)
	g := s.newGrid(rows, Rect{W: s.w, H: s.h}.Inner(), now)
	row, found := s.cursor.RowAt(line, g.lines)
	if found {
		s.cursor.GoTo(row)
		s.hold()
	}
	return found
}

// Copy asks for the payload under the cursor to be copied, as far as it is held.
func (s *Stream) Copy(f *feed.Feed) Intent {
	e := s.Current(f)
	if e == nil {
		return Copy{What: "the payload under the cursor"}
	}
	what := "payload of " + e.Topic
	if len(e.Data) < e.Size {
		what = "the first part of the payload of " + e.Topic + " (" + human.Bytes(uint64(e.Size)) + " in all)"
	}
	return Copy{What: what, Text: e.Data}
}
