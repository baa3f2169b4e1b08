package feed

import (
	"joltui/jolt"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// Totals counts requests by operation and outcome, including those that the client made on
// its own and those whose rows were evicted.
type Totals struct {
	counts [jolt.OpPing + 1][jolt.NotSent + 1]uint64
}

// Of returns how many requests for op have that outcome; jolt.Pending counts
// those that were begun and have not ended.
func (t Totals) Of(op jolt.Op, outcome jolt.Outcome) uint64 {
	if op > jolt.OpPing || outcome > jolt.NotSent {
		return 0
	}
	return t.counts[op][outcome]
}

// Outcome returns how many requests of any op have that outcome.
func (t Totals) Outcome(outcome jolt.Outcome) uint64 {
	var sum uint64
	for op := range t.counts {
		sum += t.Of(jolt.Op(op), outcome)
	}
	return sum
}

func (t *Totals) add(op jolt.Op, outcome jolt.Outcome) { *t.cell(op, outcome) += 1 }

func (t *Totals) remove(op jolt.Op, outcome jolt.Outcome) { *t.cell(op, outcome) -= 1 }

// cell returns the counter of op and outcome. An op or outcome that jolt does not define
// counts as the zero op or as unknown, so that the sums stay right.
func (t *Totals) cell(op jolt.Op, outcome jolt.Outcome) *uint64 {
	if op > jolt.OpPing {
		op = 0
	}
	if outcome > jolt.NotSent {
		outcome = jolt.Unknown
	}
	return &t.counts[op][outcome]
}

// longestLatency is the longest time in a summary; longer ones count as this.
const longestLatency = time.Hour

// Latency sums up how long something took, each time to within a thousandth.
type Latency struct {
	Count                 uint64
	Min, Median, P99, Max time.Duration
}

// latencies are the times that a summary is made of.
type latencies struct{ histogram *hdrhistogram.Histogram }

func (l *latencies) add(d time.Duration) {
	if l.histogram == nil {
		l.histogram = hdrhistogram.New(1, int64(longestLatency), 3)
	}
	l.histogram.RecordValue(int64(min(max(d, 1), longestLatency)))
}

func (l *latencies) summary() Latency {
	h := l.histogram
	if h == nil {
		return Latency{}
	}
	return Latency{
		Count:  uint64(h.TotalCount()),
		Min:    time.Duration(h.Min()),
		Median: time.Duration(h.ValueAtQuantile(50)),
		P99:    time.Duration(h.ValueAtQuantile(99)),
		Max:    time.Duration(h.Max()),
	}
}

// PublishLatency sums up how long the broker took to answer publishes.
func (l *Log) PublishLatency() Latency { return l.publishes.summary() }

// LoopBack sums up how long published messages took to come back; see
// [Row.LoopBack].
func (l *Log) LoopBack() Latency { return l.loopBacks.summary() }
