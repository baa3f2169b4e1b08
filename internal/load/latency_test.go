package load

import (
	"testing"
	"time"
)

func TestLatency(t *testing.T) {
	h := newHistogram()
	if got := h.latency(); got != (Latency{}) {
		t.Errorf("of nothing: %+v", got)
	}
	for i := 1; i <= 10_000; i++ {
		h.record(time.Duration(i) * time.Microsecond)
	}
	got := h.latency()
	if got.Count != 10_000 {
		t.Errorf("%d values", got.Count)
	}
	for name, v := range map[string]struct{ got, want time.Duration }{
		"min": {got.Min, time.Microsecond}, "mean": {got.Mean, 5 * time.Millisecond}, "max": {got.Max, 10 * time.Millisecond},
		"p50": {got.P50, 5 * time.Millisecond}, "p90": {got.P90, 9 * time.Millisecond},
		"p99": {got.P99, 9900 * time.Microsecond}, "p99.9": {got.P999, 9990 * time.Microsecond},
	} {
		if !about(v.got, v.want) {
			t.Errorf("%s is %v, want %v", name, v.got, v.want)
		}
	}
}

// A clock that runs back, or a broker that takes for ever, loses no value.
func TestLatencyBeyondTheBounds(t *testing.T) {
	h := newHistogram()
	for _, d := range []time.Duration{-time.Second, 0, 1, longest, longest + 1, 1 << 62} {
		h.record(d)
	}
	if got := h.latency(); got.Count != 6 || got.Min != 1 || !about(got.Max, longest) {
		t.Errorf("%+v", got)
	}
}
