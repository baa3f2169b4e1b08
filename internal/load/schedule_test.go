package load

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestScheduleTakesTurns(t *testing.T) {
	s := schedule{publishers: 2, rate: 1000, count: 5}
	for _, tt := range []struct {
		publisher int
		k         int64
		at        time.Duration
		ok        bool
	}{
		{0, 0, 0, true}, {1, 0, time.Millisecond, true},
		{0, 1, 2 * time.Millisecond, true}, {1, 1, 3 * time.Millisecond, true},
		{0, 2, 4 * time.Millisecond, true}, {1, 2, 0, false},
	} {
		if at, ok := s.due(tt.publisher, tt.k); at != tt.at || ok != tt.ok {
			t.Errorf("message %d of publisher %d: %v, %v; want %v, %v", tt.k, tt.publisher, at, ok, tt.at, tt.ok)
		}
	}
	if end := s.end(); end != 5*time.Millisecond {
		t.Errorf("5 messages at 1,000/s end after %v", end)
	}
}

func TestScheduleWithoutRate(t *testing.T) {
	s := schedule{publishers: 1, length: time.Second}
	for _, k := range []int64{0, 1, 1 << 40} {
		if at, ok := s.due(0, k); at != 0 || !ok {
			t.Errorf("message %d: %v, %v", k, at, ok)
		}
	}
	if n := s.dueBy(0, time.Hour); n != 0 {
		t.Errorf("%d messages are due", n)
	}
}

// A schedule drifts in no day: each message is due at its number divided by the
// rate, rounded down to a nanosecond.
func TestScheduleDoesNotDrift(t *testing.T) {
	s := schedule{publishers: 1, rate: 7, length: maxLength}
	last := int64(maxLength/time.Second)*7 - 1
	if at, ok := s.due(0, last); !ok || at != maxLength-142_857_143 {
		t.Errorf("the last message is due at %v, %v", at, ok)
	}
	if _, ok := s.due(0, last+1); ok {
		t.Error("there is one message too many")
	}
}

func TestDueByCountsWhatIsDue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := schedule{
			publishers: rapid.Int64Range(1, 5).Draw(t, "publishers"),
			rate:       rapid.Int64Range(1, 50).Draw(t, "rate"),
			count:      rapid.Int64Range(0, 40).Draw(t, "count"),
		}
		if s.count == 0 || rapid.Bool().Draw(t, "both") {
			s.length = time.Duration(rapid.Int64Range(1, int64(3*time.Second)).Draw(t, "length"))
		}
		by := time.Duration(rapid.Int64Range(0, int64(4*time.Second)).Draw(t, "by"))
		publisher := rapid.IntRange(0, int(s.publishers)-1).Draw(t, "publisher")
		var want int64
		for {
			at, ok := s.due(publisher, want)
			if !ok || at >= by {
				break
			}
			want++
		}
		if got := s.dueBy(publisher, by); got != want {
			t.Fatalf("%+v: %d messages of publisher %d are due by %v, want %d", s, got, publisher, by, want)
		}
	})
}
