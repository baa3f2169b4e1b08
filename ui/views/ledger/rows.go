package ledger

import (
	"slices"

	"joltui/internal/feed"
)

// logRows are the rows of the log that pass a filter, numbered from first on, before next.
// Without a filter the number of a row is its position in the log.
type logRows struct {
	filter      feed.LogFilter
	stale       bool // filter has changed
	first, next uint64

	indexed   bool     // there is a filter: positions is in use
	positions []uint64 // in the log, by number
	version   uint64   // of the log that positions was made of
	end       uint64   // of that log
}

// update brings the rows up to date, and reports whether their numbers may have changed. With
// a filter it tests each of the few thousand rows of the log, because a reply may change
// any of them.
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

// position returns the position in the log of the row with a number, or that of the log's
// end if there is no such row.
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

// index returns the number of the first row at a position or after it.
func (r *logRows) index(position uint64) uint64 {
	if !r.indexed {
		return position
	}
	i, _ := slices.BinarySearch(r.positions, position)
	return uint64(i)
}

// hidden returns how many rows do not pass the filter.
func (r *logRows) hidden(log *feed.Log) uint64 {
	return log.Next() - log.First() - (r.next - r.first)
}
