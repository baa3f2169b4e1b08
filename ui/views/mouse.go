package views

import (
	"time"

	"joltui/internal/feed"
)

// Scroll moves the list by so many lines, and the selection no further than to
// stay on screen.
func (t *Topics) Scroll(by int, f *feed.Feed) {
	t.sync(f)
	before := t.cursor.pos
	t.cursor.scroll(by, 0, uint64(len(t.list.rows)), t.cursor.page, oneLine)
	t.cursor.follow = false
	t.land(before)
}

// SelectLine selects what is on a line inside the border, counted from 0, and
// reports whether there is anything.
func (t *Topics) SelectLine(line int, f *feed.Feed) bool {
	t.sync(f)
	row, found := t.cursor.rowAt(line-t.headLines(), uint64(len(t.list.rows)), oneLine)
	if found {
		before := t.cursor.pos
		t.cursor.pos = row
		t.land(before)
	}
	return found
}

// Scroll moves the log by so many lines.
func (v *Log) Scroll(by int, f *feed.Feed) {
	log, following := f.Log(), v.cursor.follow
	v.sync(log)
	v.cursor.scroll(by, v.rows.first, v.rows.next, Rect{W: v.w, H: v.h}.Inner().H, oneLine)
	v.left(following, log)
}

// SelectLine puts the cursor on a line inside the border, counted from 0, and
// reports whether there is anything.
func (v *Log) SelectLine(line int, f *feed.Feed) bool {
	log, following := f.Log(), v.cursor.follow
	v.sync(log)
	row, found := v.cursor.rowAt(line, v.rows.next, oneLine)
	if found {
		v.cursor.pos, v.cursor.follow = row, false
		v.left(following, log)
	}
	return found
}

// Scroll moves the stream by so many lines.
func (s *Stream) Scroll(by int, f *feed.Feed, now time.Time) {
	rows := s.sync(f)
	g := s.newGrid(rows, Rect{W: s.w, H: s.h}.Inner(), now)
	s.cursor.scroll(by, rows.First(), rows.Next(), g.height, g.lines)
	s.keepPlace(func() { s.source.hold(!s.cursor.follow) })
}

// SelectLine puts the cursor on a line inside the border, counted from 0, where
// it then stays while messages come, and reports whether there is anything.
func (s *Stream) SelectLine(line int, f *feed.Feed, now time.Time) bool {
	rows := s.sync(f)
	g := s.newGrid(rows, Rect{W: s.w, H: s.h}.Inner(), now)
	row, found := s.cursor.rowAt(line, rows.Next(), g.lines)
	if found {
		s.cursor.pos = row
		s.hold()
	}
	return found
}
