package human

import (
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
		if v := rapid.Float64().Draw(t, "v"); len(Number(v)) > 10 {
			t.Fatalf("%v takes %d cells", v, len(Number(v)))
		}
	})
}
