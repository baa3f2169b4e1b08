package turns

import (
	"errors"
	"strings"
	"testing"
)

func fixed(name string, figures ...float64) Side {
	n := -1
	return Side{name, func() (float64, error) {
		n++
		return figures[n], nil
	}}
}

func TestRatiosAreOfTheSameRound(t *testing.T) {
	r, err := Comparison{
		Title: "reading",
		Unit:  "frames/s",
		Sides: []Side{fixed("limit", 1e6, 2e6, 4e6), fixed("decode", 5e5, 2e5, 4e6)},
		Aims:  map[string]string{"decode": "≥ 0.3"},
	}.Run(3)
	if err != nil {
		t.Fatal(err)
	}
	got := r.Ratios(1)
	for i, want := range []float64{0.1, 0.5, 1} {
		if got[i] != want {
			t.Errorf("ratio %d is %v, want %v", i, got[i], want)
		}
	}
	var b strings.Builder
	if err := r.Print(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"reading  (3 rounds", "2.00 M", "500 k", "0.100", "≥ 0.3"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in\n%s", want, &b)
		}
	}
}

func TestOrderTurns(t *testing.T) {
	var order strings.Builder
	side := func(name string) Side {
		return Side{name, func() (float64, error) { order.WriteString(name); return 1, nil }}
	}
	if _, err := (Comparison{Sides: []Side{side("a"), side("b"), side("c")}}).Run(3); err != nil {
		t.Fatal(err)
	}
	if got := order.String(); got != "abcbcacab" {
		t.Errorf("measured in the order %s", got)
	}
}

func TestErrorEndsComparison(t *testing.T) {
	broken := errors.New("broken")
	c := Comparison{Title: "x", Sides: []Side{{"y", func() (float64, error) { return 0, broken }}}}
	if _, err := c.Run(3); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestParseSteal(t *testing.T) {
	before := parseSteal("cpu  10 0 10 70 0 0 0 10 5 0\n")
	after := parseSteal("cpu  20 0 20 140 0 0 0 20 9 0\n")
	if got := after.since(before); got != 0.1 {
		t.Errorf("stolen: %v, want 0.1", got)
	}
	for _, line := range []string{"", "cpu 1 2 3\n", "cpu a b c d e f g h\n", "intr 1 2 3 4 5 6 7 8 9\n"} {
		if got := parseSteal(line); got != (steal{}) {
			t.Errorf("%q was read as %v", line, got)
		}
	}
}
