package cli

import (
	"math"

	"joltui/internal/human"
)

// rounded leaves three decimals, which is more than was measured.
func rounded(v float64) float64 { return math.Round(v*1000) / 1000 }

// whole writes a figure without decimals, its thousands apart.
func whole(v float64) string { return human.Count(uint64(v + 0.5)) }

// count writes a number with its thousands apart: 1,204.
func count(n int64) string { return human.Count(uint64(n)) }
