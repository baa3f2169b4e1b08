package stream

import (
	"sort"
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
)

// Span returns the times of the oldest and the newest entry that are shown; ok is false while
// there is none.
func (s *Pane) Span(f *feed.Feed) (first, last time.Time, ok bool) {
	rows := s.sync(f)
	if rows.Next() == rows.First() {
		return first, last, false
	}
	return rows.At(rows.First()).At, rows.At(rows.Next() - 1).At, true
}

// GoToTime puts the cursor on the first message at a time or later. Where all are earlier, or
// the oldest one is later, it goes to the nearest and says so.
func (s *Pane) GoToTime(at time.Time, f *feed.Feed) {
	rows := s.sync(f)
	first, next := rows.First(), rows.Next()
	if next == first {
		return
	}
	row := first + uint64(sort.Search(int(next-first), func(i int) bool { return !rows.At(first + uint64(i)).At.Before(at) }))
	s.said = ""
	switch {
	case row == next:
		row--
		s.said = "the newest is of " + human.Clock(rows.At(row).At)
	case row == first && rows.At(row).At.Sub(at) >= time.Second:
		s.said = "the oldest is of " + human.Clock(rows.At(row).At)
	}
	s.cursor.GoTo(row)
	s.hold()
}
