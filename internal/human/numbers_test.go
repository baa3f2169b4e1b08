package human

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestNumber(t *testing.T) {
	for want, v := range map[string]float64{
		"0": 0, "12.5": 12.5, "-12.346": -12.34567, "999.123": 999.1234, "1234.57": 1234.567, "12345.7": 12345.67,
		"123457": 123456.7, "1234567": 1234567.2, "-9999999": -9999999, "1.23e+07": 12345678, "-1.23e-05": -0.0000123,
		"0.001": 0.001, "100": 100, "+Inf": math.Inf(1),
	} {
		if got := Number(v); got != want {
			t.Errorf("%v is %s, want %s", v, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		if v := rapid.Float64().Draw(t, "v"); len(Number(v)) > 9 {
			t.Fatalf("%v takes %d cells", v, len(Number(v)))
		}
	})
}

// What differs is written differently, whatever its size, and a Number has room in its
// column.
func TestNumbersAreToldApart(t *testing.T) {
	for want, values := range map[string][]float64{
		"[12.5 100]":                                    {12.5, 100},
		"[1234567893 1234567896]":                       {1234567893, 1234567896},
		"[1.23e+09 2.35e+09]":                           {1234567893, 2345678931},
		"[123456.71 123456.78 123456.74]":               {123456.71, 123456.78, 123456.744},
		"[12345679 12345686 12345682]":                  {12345679, 12345686, 12345682},
		"[1 1]":                                         {1, 1},
		"[1.70e+308 -1.7e+308]":                         {1.7e308, -1.7e308},
		"[9.007199254740992e+15 9.007199254740994e+15]": {9007199254740992, 9007199254740994},
	} {
		if got := fmt.Sprint(Numbers(values...)); got != want {
			t.Errorf("%v are %s, want %s", values, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64(), 1, 4).Draw(t, "values")
		texts := Numbers(values...)
		for i, a := range texts {
			for j, b := range texts {
				if a == b && values[i] != values[j] {
					t.Fatalf("%v and %v are both %s", values[i], values[j], a)
				}
			}
			if len(a) > 24 || len(Number(values[i])) > 9 {
				t.Fatalf("%v is %s, or %s", values[i], a, Number(values[i]))
			}
		}
	})
}
