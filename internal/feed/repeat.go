package feed

import (
	"time"

	"joltui/internal/printable"
	"joltui/jolt"
)

// Repeat is one message, or what one template makes, published again and again.
// It is a single row of the log, whatever number of requests it has: they share a
// Ref. Their outcomes are in the totals as those of any request.
type Repeat struct {
	Plan  string // how often, in words
	Times uint64 // how many messages; 0: until stopped

	Acknowledged, Rejected, Unknown, NotSent uint64

	Begun  time.Time
	Latest time.Time // outcome
	// Slowest is the longest that an acknowledgement took, and Waited what all of
	// them took together.
	Slowest, Waited time.Duration

	Ended bool
	Why   string // it ended before all was done; empty if all was

	begun uint64 // how many requests there were, once it has ended
	row   uint64
	told  int // how many outcomes have a row of their own
}

// Done returns how many messages have an outcome.
func (r *Repeat) Done() uint64 { return r.Acknowledged + r.Rejected + r.Unknown + r.NotSent }

// Rate returns how many messages a second got an outcome so far; 0 before the second one.
func (r *Repeat) Rate() float64 {
	took := r.Latest.Sub(r.Begun).Seconds()
	if took <= 0 || r.Done() < 2 {
		return 0
	}
	return float64(r.Done()) / took
}

// Latency returns how long an acknowledgement took on average; 0 before the first one.
func (r *Repeat) Latency() time.Duration {
	if r.Acknowledged == 0 {
		return 0
	}
	return r.Waited / time.Duration(min(r.Acknowledged, 1<<62))
}

// maxRepeatRows is how many outcomes of one Repeat other than acknowledged get a
// row of their own: enough to read what the broker says, and no flood.
const maxRepeatRows = 10

// BeginRepeat adds the row of a message that is about to be published many times, by
// requests that all have the Ref of r. It returns the counts of their outcomes, which stay
// valid and change with each outcome.
func (l *Log) BeginRepeat(r jolt.Request, plan string, times uint64, at time.Time) *Repeat {
	repeat := &Repeat{Plan: plan, Times: times, Begun: at, Latest: at}
	l.repeats[r.Ref] = repeat
	l.addRepeat(r, repeat, at)
	return repeat
}

func (l *Log) addRepeat(r jolt.Request, repeat *Repeat, at time.Time) {
	repeat.row = l.next
	l.add(Row{At: at, Kind: RowRepeat, Request: boundedRequest(r), Size: len(r.Data), Repeat: repeat})
}

// EndRepeat records that no more requests follow after begun of them, and why; "" if all was
// done as planned. Outcomes may still follow.
func (l *Log) EndRepeat(r jolt.Request, begun uint64, why string, at time.Time) {
	repeat := l.repeats[r.Ref]
	if repeat == nil {
		return
	}
	repeat.Ended, repeat.Why, repeat.begun = true, printable.Clip(why, maxRowText), begun
	if l.At(repeat.row) == nil { // evicted meanwhile
		l.addRepeat(r, repeat, at)
	}
	l.forgetRepeat(r.Ref, repeat)
	l.version++
}

// forgetRepeat removes a repetition that no more outcomes can come for.
func (l *Log) forgetRepeat(ref uint64, r *Repeat) {
	if r.Ended && r.Done() >= r.begun {
		delete(l.repeats, ref)
	}
}

// repeated counts an outcome of a repetition, and reports whether it needs no row of its own.
func (l *Log) repeated(reply *jolt.Reply) bool {
	r := l.repeats[reply.Request.Ref]
	if r == nil {
		return false
	}
	r.Latest = reply.At
	switch reply.Outcome {
	case jolt.Acknowledged:
		r.Acknowledged++
		r.Waited += reply.Latency()
		r.Slowest = max(r.Slowest, reply.Latency())
	case jolt.Rejected:
		r.Rejected++
	case jolt.NotSent:
		r.NotSent++
	default:
		r.Unknown++
	}
	l.forgetRepeat(reply.Request.Ref, r)
	if reply.Outcome != jolt.Acknowledged {
		l.wrongs++
	}
	if reply.Outcome == jolt.Acknowledged || r.told >= maxRepeatRows {
		return true
	}
	r.told++
	return false
}
