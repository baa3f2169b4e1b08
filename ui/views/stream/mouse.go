package stream

import (
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// Scroll scrolls the stream by so many lines, down or with a negative number up.
func (s *Pane) Scroll(by int, f *feed.Feed, now time.Time) {
	rows := s.sync(f)
	g := s.newGrid(rows, s.area(), now)
	s.cursor.Scroll(by, g.height, g.lines)
	s.keepCursorPlace(func() { s.source.hold(!s.cursor.Following()) })
}

// SelectLine puts the cursor on the row at a line inside the border, counted from 0, and
// reports whether there is one. The cursor then stays there while messages come.
func (s *Pane) SelectLine(line int, f *feed.Feed, now time.Time) bool {
	rows := s.sync(f)
	g := s.newGrid(rows, s.area(), now)
	row, found := s.cursor.RowAt(line-(s.area().Y-1), g.lines)
	if found {
		s.cursor.GoTo(row)
		s.hold()
	}
	return found
}

// Copy asks to copy the payload under the cursor, as far as it is held.
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
