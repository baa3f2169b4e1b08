package jsondiff

import (
	"strconv"
	"strings"
)

// sameNumber compares JSON numbers by value and without loss: 1e2 is 100, and
// 0.1 is not 0.10000000000000000001. Exponents beyond 18 digits are compared as
// they are written.
func sameNumber(a, b string) bool {
	if a == b {
		return true
	}
	x, okX := parseDecimal(a)
	y, okY := parseDecimal(b)
	return okX && okY && x == y
}

// decimal is 0.digits × 10^exponent; digits neither begin nor end with a zero,
// and 0 has none.
type decimal struct {
	negative bool
	digits   string
	exponent int64
}

func parseDecimal(number string) (decimal, bool) {
	number, negative := strings.CutPrefix(number, "-")
	mantissa, exponent := number, ""
	if e := strings.IndexAny(number, "eE"); e >= 0 {
		mantissa, exponent = number[:e], strings.TrimPrefix(number[e+1:], "+")
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	if digits == "" {
		return decimal{}, true // -0 is 0
	}
	d := decimal{negative: negative, digits: strings.TrimRight(digits, "0")}
	d.exponent = int64(len(digits) - len(fraction))
	if exponent == "" {
		return d, true
	}
	const maxDigits = 18 // so that the sum does not overflow
	shift, err := strconv.ParseInt(exponent, 10, 64)
	d.exponent += shift
	return d, err == nil && len(strings.TrimLeft(exponent, "-0")) <= maxDigits
}
