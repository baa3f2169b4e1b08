package decimal

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSame(t *testing.T) {
	same := []string{
		"1 1.0", "100 1e2", "100 1E+2", "0.001 1e-3", "0 -0", "0 0e5", "1e400 10e399", "120 1.20e2", "-5e-1 -0.5",
		"1e99999999999999999999 1e99999999999999999999", "1e005 100000",
	}
	for _, pair := range same {
		if a, b, _ := strings.Cut(pair, " "); !Same(a, b) || !Same(b, a) {
			t.Errorf("%s is taken for another number than %s", a, b)
		}
	}
	for _, pair := range []string{
		"1 -1", "1 10", "0.1 0.10000000000000000001", "1e400 1e401", "0 1e-400",
		"9007199254740993 9007199254740992", "1e99999999999999999999 1e99999999999999999998",
	} {
		if a, b, _ := strings.Cut(pair, " "); Same(a, b) || Same(b, a) {
			t.Errorf("%s is taken for the number %s", a, b)
		}
	}
}

func TestCompareFarApart(t *testing.T) {
	ascending := strings.Fields("-1e99999999999999999999 -1e400 -9007199254740993 -9007199254740992 -1e-400 0 1e-99999999999999999999 1e-400 " +
		"0.1 0.10000000000000000001 100 9007199254740992 9007199254740993 1e400 1.1e400 1e401 1e99999999999999999999")
	for i, a := range ascending {
		for j, b := range ascending {
			want := 0
			if i != j {
				want = map[bool]int{true: -1, false: 1}[i < j]
			}
			if got := Compare(a, b); got != want {
				t.Errorf("%s and %s: %d, want %d", a, b, got, want)
			}
		}
	}
}

// Compare is what exact arithmetic says.
func TestCompare(t *testing.T) {
	number := rapid.Custom(func(t *rapid.T) string {
		text := fmt.Sprint(rapid.IntRange(-1200, 1200).Draw(t, "whole"))
		if rapid.Bool().Draw(t, "with a fraction") {
			text += fmt.Sprintf(".%0*d", rapid.IntRange(1, 4).Draw(t, "digits"), rapid.IntRange(0, 99).Draw(t, "fraction"))
		}
		if rapid.Bool().Draw(t, "with an exponent") {
			text += fmt.Sprintf("e%d", rapid.IntRange(-5, 5).Draw(t, "exponent"))
		}
		return text
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := number.Draw(t, "a"), number.Draw(t, "b")
		x, _ := new(big.Rat).SetString(a)
		y, _ := new(big.Rat).SetString(b)
		if got, want := Compare(a, b), x.Cmp(y); got != want || Same(a, b) != (want == 0) {
			t.Fatalf("%s and %s: %d, want %d", a, b, got, want)
		}
	})
}
