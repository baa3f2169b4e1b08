package stream

import (
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// Scroll moves the stream by so many lines.
func (s *Pane) Scroll(by int, f *feed.Feed, now time.Time) {
	rows := s.sync(f)
	g := s.newGrid(rows, kit.Rect{W: s.w, H: s.h}.Inner(), now)
	s.cursor.Scroll(by, g.height, g.lines)
	s.keepPlace(func() { s.source.hold(!s.cursor.Following()) })
}

// SelectLine puts the cursor on a line inside the border, counted from 0, where
// it then stays while messages come, and reports whether there is anything.
func (s *Pane) SelectLine(line int, f *feed.Feed, now time.Time) bool {
	rows := s.sync(f)
	g := s.newGrid(rows, kit.Rect{W: s.w, H: s.h}.Inner(), now)
	row, found := s.cursor.RowAt(line, g.lines)
	if found {
		s.cursor.GoTo(row)
		s.hold()
	}
	return found
}

// Copy asks for the payload under the cursor to be copied, as far as it is held.
func (s *Pane) Copy(f *feed.Feed) kit.Intent {
	e := s.Current(f)
	if e == nil {
		return intent.Copy{What: "the payload under the cursor"}
	}
	what := "payload of " + e.Topic
	if len(e.Data) < e.Size {
		what = "the first part of the payload of " + e.Topic + " (" + human.Bytes(uint64(e.Size)) + " in all)"
	}
	return intent.Copy{What: what, Text: e.Data}
}
