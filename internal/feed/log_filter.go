package feed

import (
	"fmt"
	"slices"

	"joltui/jolt"
)

// LogRows selects rows of the log by their outcome.
type LogRows uint8

// The choices. All but the first leave some rows out.
const (
	RowsAll   LogRows = iota
	RowsWrong         // what went wrong: requests that failed, alerts, the end of connections, losses
	RowsPending
	RowsAcknowledged
	RowsRejected
	RowsUnknown
	RowsNotSent
	RowsEvents // rows that are no requests
)

// String names the choice.
func (r LogRows) String() string {
	switch r {
	case RowsAll:
		return "all"
	case RowsWrong:
		return "what went wrong"
	case RowsPending, RowsAcknowledged, RowsRejected, RowsUnknown, RowsNotSent:
		return r.outcome().String()
	case RowsEvents:
		return "events"
	default:
		return fmt.Sprintf("LogRows(%d)", uint8(r))
	}
}

// outcome returns the outcome that r selects; r must be a choice by outcome.
func (r LogRows) outcome() jolt.Outcome { return jolt.Outcome(r - RowsPending) }

// Next returns the choice after r; after the last comes the first.
func (r LogRows) Next() LogRows { return (r + 1) % (RowsEvents + 1) }

// LogFilter says which rows of the log are of interest. The zero LogFilter lets
// all of them through.
type LogFilter struct {
	Rows LogRows
	// Op selects requests with this operation; 0 selects all rows. It is ignored with
	// [RowsEvents].
	Op jolt.Op
}

// Match reports whether the filter lets row through. The row of a message that is
// published many times stands for all its requests.
func (f LogFilter) Match(row *Row) bool {
	request := row.Kind == RowRequest || row.Kind == RowRepeat || row.Kind == RowMany
	switch {
	case f.Rows == RowsWrong:
		return row.wrong() && (f.Op == 0 || request && row.Request.Op == f.Op)
	case f.Rows == RowsEvents:
		return !request
	case f.Op != 0 && (!request || row.Request.Op != f.Op):
		return false
	case f.Rows == RowsAll:
		return true
	case row.Kind == RowRepeat:
		return row.Repeat.any(f.Rows.outcome())
	case row.Kind == RowMany:
		return row.Many.Count(f.Rows.outcome()) > 0
	default:
		return request && row.Outcome == f.Rows.outcome()
	}
}

// wrong reports whether a row is about something that went wrong.
func (row *Row) wrong() bool {
	failed := [...]jolt.Outcome{jolt.Rejected, jolt.Unknown, jolt.NotSent}
	switch row.Kind {
	case RowRequest:
		return slices.Contains(failed[:], row.Outcome)
	case RowRepeat:
		return slices.ContainsFunc(failed[:], row.Repeat.any)
	case RowMany:
		return false // those that failed have rows of their own
	case RowNote:
		return false
	case RowHint:
		return row.Hint != HintNotSubscribed
	case RowConnection:
		change, ok := row.Event.(*jolt.StateChange)
		return ok && (change.State == jolt.Down || change.Cause != nil)
	default:
		return true
	}
}

// any reports whether a request had that outcome; for [jolt.Pending], whether outcomes may
// still follow.
func (r *Repeat) any(outcome jolt.Outcome) bool {
	switch outcome {
	case jolt.Acknowledged:
		return r.Acknowledged > 0
	case jolt.Rejected:
		return r.Rejected > 0
	case jolt.NotSent:
		return r.NotSent > 0
	case jolt.Pending:
		return !r.Ended || r.Done() < r.begun
	default:
		return r.Unknown > 0
	}
}

// Matching appends the positions of the rows that f lets through to dst, oldest
// first. What it returns holds until the log's version changes.
func (l *Log) Matching(dst []uint64, f LogFilter) []uint64 {
	for pos := l.First(); pos < l.next; pos++ {
		if f.Match(l.At(pos)) {
			dst = append(dst, pos)
		}
	}
	return dst
}
