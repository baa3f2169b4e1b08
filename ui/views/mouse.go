package views

import (
	"time"

	"joltui/internal/feed"
)

// Scroll moves the list by so many lines, and the selection no further than to
// stay on screen.
func (t *Topics) Scroll(by int, f *feed.Feed) {
	t.sync(f)
	before := t.cursor.At()
	t.cursor.Scroll(by, Rect{W: t.w, H: t.h}.Inner().H-t.headLines(), oneLine)
	t.land(before)
}

// SelectLine selects what is on a line inside the border, counted from 0, and
// reports whether there is anything.
func (t *Topics) SelectLine(line int, f *feed.Feed) bool {
	t.sync(f)
	row, found := t.cursor.RowAt(line-t.headLines(), oneLine)
	if found {
		before := t.cursor.At()
		t.cursor.GoTo(row)
		t.land(before)
	}
	return found
}

// Scroll moves the log by so many lines.
func (v *Log) Scroll(by int, f *feed.Feed) {
	log, following := f.Log(), v.cursor.Following()
	v.sync(log)
	v.cursor.Scroll(by, Rect{W: v.w, H: v.h}.Inner().H, oneLine)
	v.left(following, log)
}

// SelectLine puts the cursor on a line inside the border, counted from 0, and
// reports whether there is anything.
func (v *Log) SelectLine(line int, f *feed.Feed) bool {
	log, following := f.Log(), v.cursor.Following()
	v.sync(log)
	row, found := v.cursor.RowAt(line, oneLine)
	if found {
		v.cursor.GoTo(row)
		v.left(following, log)
	}
	return found
}

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
