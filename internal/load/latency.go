package load

import (
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// longest is the longest latency that is measured; longer ones count as this.
const longest = time.Hour

// histogram has latencies with three significant digits, in 0.3 MB.
type histogram struct{ *hdrhistogram.Histogram }

func newHistogram() histogram {
	return histogram{hdrhistogram.New(1, int64(longest), 3)}
}

// record counts a latency. What is beyond the bounds counts as the bound.
func (h histogram) record(d time.Duration) {
	h.RecordValue(int64(min(max(d, 1), longest))) // errs only beyond the bounds
}

// Latency is the distribution of a latency. Figures have three significant digits.
type Latency struct {
	Count               int64 // how many were measured
	Min, Mean, Max      time.Duration
	P50, P90, P99, P999 time.Duration
}

func (h histogram) latency() Latency {
	if h.TotalCount() == 0 {
		return Latency{}
	}
	at := h.ValueAtPercentilesSlice([]float64{50, 90, 99, 99.9})
	return Latency{
		Count: h.TotalCount(),
		Min:   time.Duration(h.Min()), Mean: time.Duration(h.Mean()), Max: time.Duration(h.Max()),
		P50: time.Duration(at[0]), P90: time.Duration(at[1]), P99: time.Duration(at[2]), P999: time.Duration(at[3]),
	}
}
