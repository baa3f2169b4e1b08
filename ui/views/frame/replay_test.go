package frame

import (
	"testing"
	"time"

	"joltui/internal/record"
)

func TestSeekTarget(t *testing.T) {
	first := time.Date(2026, 1, 2, 22, 0, 0, 500, time.UTC)
	p := record.Playing{First: first, Last: first.Add(5 * time.Hour), At: first.Add(time.Hour)}
	at := func(day, h, m, s int) record.Target {
		return record.Target{At: time.Date(2026, 1, day, h, m, s, 0, time.UTC)}
	}
	for text, want := range map[string]record.Target{
		"23:04:05":             at(2, 23, 4, 5),
		"22:00:00":             at(2, 22, 0, 0),
		"01:30":                at(3, 1, 30, 0), // of the next day
		"2026-01-02 23:00:01":  at(2, 23, 0, 1),
		"2026-01-03 00:10":     at(3, 0, 10, 0),
		"2026-01-03T01:00:00Z": at(3, 1, 0, 0),
		"0%":                   {},
		" 62.5 % ":             {Share: 0.625},
		"+90s":                 {At: p.At.Add(90 * time.Second)},
		"-1h30m":               {At: p.At.Add(-90 * time.Minute)},
	} {
		if got, err := ParseTarget(text, p); err != nil || got.Share != want.Share || !got.At.Equal(want.At) {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "soon", "101%", "-1%", "NaN%", "+", "+ten", "25:00"} {
		if got, err := ParseTarget(text, p); err == nil {
			t.Errorf("%q: %+v", text, got)
		}
	}
}
