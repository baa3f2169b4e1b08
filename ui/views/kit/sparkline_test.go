package kit

import (
	"math"
	"testing"
)

func TestSparkline(t *testing.T) {
	for _, c := range []struct {
		values []float64
		width  int
		want   string
	}{
		{nil, 3, "   "},
		{[]float64{0, 0, 0}, 3, "   "},
		{[]float64{0, 0.001, 8}, 3, " ▁█"},
		{[]float64{1, 2, 3, 4, 5, 6, 7, 8}, 8, "▁▂▃▄▅▆▇█"},
		{[]float64{100, 1, 2}, 2, "▄█"},
		{[]float64{5}, 4, "   █"},
		{[]float64{math.Inf(1), math.NaN(), -1, 1}, 4, "▁  ▁"},
		{[]float64{1}, 0, ""},
		{[]float64{1}, -1, ""},
	} {
		if got := Sparkline(c.values, c.width); got != c.want {
			t.Errorf("Sparkline(%v, %d) = %q, want %q", c.values, c.width, got, c.want)
		}
	}
}
