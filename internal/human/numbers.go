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
		text := strconv.FormatFloat(v, 'e', 2, 64)
		if len(text) > numberCells { // -1.70e+308
			text = strconv.FormatFloat(v, 'e', 1, 64)
		}
		return text
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

// numberCells is how many cells a Number takes at most.
const numberCells = 9

// Numbers writes numbers that stand together with as many digits as it takes to tell
// them apart, all in the same way: of 1234567893 and 1234567896 each digit counts. They
// may be longer than a Number, 24 cells at most.
func Numbers(values ...float64) []string {
	ways := []func(float64) string{Number}
	for decimals := range 7 {
		ways = append(ways, func(v float64) string { return plain(v, decimals) })
	}
	ways = append(ways, func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) })
	var texts []string
	for _, way := range ways {
		texts = texts[:0]
		for _, v := range values {
			texts = append(texts, way(v))
		}
		if apart(values, texts) {
			break
		}
	}
	return texts
}

// plain writes a number without an exponent. One that is too large for that, as a
// float has no more digits, is a Number.
func plain(v float64, decimals int) string {
	const exact = 1 << 53
	if math.Abs(v) >= exact {
		return Number(v)
	}
	return strconv.FormatFloat(v, 'f', decimals, 64)
}

// apart reports whether values that differ have texts that differ.
func apart(values []float64, texts []string) bool {
	of := make(map[string]float64, len(values))
	for i, text := range texts {
		if v, known := of[text]; known && v != values[i] {
			return false
		}
		of[text] = values[i]
	}
	return true
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
