package feed

import (
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

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
