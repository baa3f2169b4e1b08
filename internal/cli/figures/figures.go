package figures

import (
	"math"

	"joltui/internal/human"
)

// Rounded leaves three decimals, which is more than was measured.
func Rounded(v float64) float64 { return math.Round(v*1000) / 1000 }

// Whole writes a figure without decimals, its thousands apart.
func Whole(v float64) string { return human.Count(uint64(v + 0.5)) }

// Count writes a number with its thousands apart: 1,204.
func Count(n int64) string { return human.Count(uint64(n)) }
