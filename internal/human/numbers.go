package human

import (
	"math"
	"strconv"
	"strings"
)

// Number writes a number in at most nine cells, rounded: 12.5, 1234.57, 1.23e+09.
func Number(v float64) string {
	size := math.Abs(v)
	if size >= 1e7 || size > 0 && size < 1e-3 {
		return strconv.FormatFloat(v, 'e', 2, 64)
	}
	decimals := 3
	for limit := 1e3; size >= limit && decimals > 0; limit *= 10 {
		decimals--
	}
	text := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// Short writes a count in at most six cells: 12345, 1.2M.
func Short(n uint64) string {
	if n < 100_000 {
		return strconv.FormatUint(n, 10)
	}
	return Scaled(float64(n))
}

// Percent writes a share of at most 1. It writes 0 % and 100 % only where that is exact.
func Percent(share float64) string {
	p := 100 * share
	switch {
	case p > 0 && p < 0.01:
		return "<0.01 %"
	case p < 1 && p > 0:
		return strconv.FormatFloat(p, 'f', 2, 64) + " %"
	case p > 99 && p < 100:
		return "99 %"
	default:
		return strconv.FormatFloat(math.Round(p), 'f', 0, 64) + " %"
	}
}
