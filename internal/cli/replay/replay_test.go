package replay

import (
	"math"
	"slices"
	"testing"
	"time"

	"joltui/internal/record"
)

func TestPace(t *testing.T) {
	begun := time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)
	at := []time.Duration{0, time.Second, 500 * time.Millisecond, 3 * time.Second}
	for _, tt := range []struct {
		pace pace
		want []time.Duration // after the first
	}{
		{pace{speed: 1}, at},
		{pace{speed: 4}, []time.Duration{0, 250 * time.Millisecond, 125 * time.Millisecond, 750 * time.Millisecond}},
		{pace{speed: math.Inf(1)}, []time.Duration{0, 0, 0, 0}},
		{pace{rate: 10}, []time.Duration{0, 100 * time.Millisecond, 200 * time.Millisecond, 300 * time.Millisecond}},
	} {
		p := tt.pace
		p.first, p.begun = begun, begun.Add(time.Hour)
		var got []time.Duration
		for _, d := range at {
			got = append(got, p.due(begun.Add(d)).Sub(p.begun))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%+v: %v, want %v", tt.pace, got, tt.want)
		}
	}
}

func TestSpeedFlag(t *testing.T) {
	for text, want := range map[string]record.Speed{
		"1": record.SpeedOwn, "1/8": record.SpeedMin, "0.5": -1, "4": 2, "64": 6, "max": record.SpeedMax,
	} {
		var s speedFlag
		err := s.Set(text)
		if got, bad := s.step(); err != nil || bad != nil || got != want {
			t.Errorf("%s: %v, %v, %v", text, got, err, bad)
		}
	}
	for _, text := range []string{"", "0", "-1", "fast", "1/0", "NaN", "Inf", "1/x"} {
		if err := new(speedFlag).Set(text); err == nil {
			t.Errorf("%q is a speed", text)
		}
	}
}
