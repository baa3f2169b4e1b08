package decimal

import (
	"cmp"
	"math"
	"strconv"
	"strings"
)

// Same reports whether two JSON numbers are of the same value. Exponents of more than 18
// digits are compared as they are written.
func Same(a, b string) bool {
	if a == b {
		return true
	}
	x, okX := parse(a)
	y, okY := parse(b)
	return okX && okY && x == y
}

// Compare returns -1 where a is less than b, 1 where it is more, else 0. Both must be
// JSON numbers. Of exponents of more than 18 digits only the sign counts.
func Compare(a, b string) int {
	x, _ := parse(a)
	y, _ := parse(b)
	if c := cmp.Compare(x.sign(), y.sign()); c != 0 || x.sign() == 0 {
		return c
	}
	return x.sign() * cmp.Or(cmp.Compare(x.exponent, y.exponent), strings.Compare(x.digits, y.digits))
}

// decimal is 0.digits × 10^exponent; digits neither begin nor end with a zero,
// and 0 has none.
type decimal struct {
	negative bool
	digits   string
	exponent int64
}

func parse(number string) (decimal, bool) {
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
	if err != nil || len(strings.TrimLeft(exponent, "-0")) > maxDigits {
		d.exponent = math.MaxInt64
		if exponent[0] == '-' {
			d.exponent = math.MinInt64
		}
		return d, false
	}
	d.exponent += shift
	return d, true
}

func (d decimal) sign() int {
	switch {
	case d.digits == "":
		return 0
	case d.negative:
		return -1
	}
	return 1
}
