package stream

import (
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views/kit/kittest"
)

// Where a day begins there is a line with its date, in whatever order keys and the mouse
// come there; times that are relative need none.
func TestDayLines(t *testing.T) {
	f := feed.New(feed.Limits{})
	first := kittest.Start().Add(-48 * time.Hour)
	for i := range 6 {
		at := first.Add(time.Duration(i/2) * 24 * time.Hour)
		f.Apply([]jolt.Event{kittest.Message(at, "t", strings.Repeat("x", i+1))})
	}
	v := newStream("", 60, 14)
	var got []string
	for _, row := range v.View(f, kittest.Start()) {
		row = strings.TrimRight(strings.Trim(row, "┃▸ "), "─ ")
		if _, text, found := strings.Cut(row, "  "); found {
			row = text
		}
		got = append(got, row)
	}
	want := "── Wednesday 2025-12-31|t  x|t  xx|── Thursday 2026-01-01|t  xxx|t  xxxx|── Friday 2026-01-02|t  xxxxx|t  xxxxxx"
	if shown := strings.Join(got, "|"); !strings.Contains(shown, want) {
		t.Errorf("the rows are %s", shown)
	}
	if !v.SelectLine(3, f, kittest.Start()) || v.Current(f).Data != "xxx" {
		t.Error("the line between two days does not belong to the second one")
	}
	for _, mode := range []TimeMode{TimeRelative, TimeDelta, TimeNone} {
		v.SetOptions(Options{Times: mode})
		if shown := kittest.Text(v.View(f, kittest.Start())); strings.Contains(shown, "2026-01-02") {
			t.Errorf("%s times have a date:\n%s", mode, shown)
		}
	}
	today := newStream("", 60, 5)
	if shown := kittest.Text(today.View(f, kittest.Start())); strings.Count(shown, "── Fri") != 1 {
		t.Errorf("the last rows are\n%s", shown)
	}
}
