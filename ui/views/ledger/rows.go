package ledger

import (
	"slices"

	"joltui/internal/feed"
)

// logRows are the rows of the log that a filter lets through, numbered from
// first to next. Without a filter a row's number is its position in the log.
type logRows struct {
	filter      feed.LogFilter
	stale       bool // filter has changed
	first, next uint64

	indexed   bool     // positions tells where the rows are
	positions []uint64 // in the log
	version   uint64   // of the log, when they were found
	end       uint64   // of the log then
}

// update lists the rows anew if need be, and reports whether their numbers have
// changed. With a filter that takes a look at each of the few thousand rows of
// the log, because a reply may change any of them.
func (r *logRows) update(log *feed.Log) bool {
	if r.filter == (feed.LogFilter{}) {
		renumbered := r.stale
		r.first, r.next, r.end = log.First(), log.Next(), log.Next()
		r.stale, r.indexed = false, false
		return renumbered
	}
	if !r.stale && r.version == log.Version() {
		return false
	}
	r.positions = log.Matching(r.positions[:0], r.filter)
	r.first, r.next, r.end = 0, uint64(len(r.positions)), log.Next()
	r.stale, r.indexed, r.version = false, true, log.Version()
	return true
}

// position returns where in the log the row of that number is: at its end, if
// there is no such row.
func (r *logRows) position(row uint64) uint64 {
	switch {
	case !r.indexed:
		return row
	case row < uint64(len(r.positions)):
		return r.positions[row]
	default:
		return r.end
	}
}

// index returns the number of the first row at that position or after it.
func (r *logRows) index(position uint64) uint64 {
	if !r.indexed {
		return position
	}
	i, _ := slices.BinarySearch(r.positions, position)
	return uint64(i)
}

// hidden returns how many rows the filter leaves out.
func (r *logRows) hidden(log *feed.Log) uint64 {
	return log.Next() - log.First() - (r.next - r.first)
}
