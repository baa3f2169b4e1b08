package kit

import "math"

// Sparkline draws the last width values, oldest first, scaled to the largest of them. Zero
// is blank, and any value above it shows. The row is always width cells: with fewer values
// it is blank on the left.
func Sparkline(values []float64, width int) string {
	const bars = "▁▂▃▄▅▆▇█"
	const steps, size = 8, len("█")
	width = max(width, 0)
	values = values[max(len(values)-width, 0):]
	top := 0.0
	for _, v := range values {
		top = max(top, v)
	}
	out := make([]byte, 0, width*size)
	for range width - len(values) {
		out = append(out, ' ')
	}
	for _, v := range values {
		if !(v > 0) {
			out = append(out, ' ')
			continue
		}
		step := min(int(math.Ceil(v/top*steps)), steps)
		step = max(step, 1)
		out = append(out, bars[(step-1)*size:step*size]...)
	}
	return string(out)
}
