package feed

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"joltui/jolt"
)

// slowly is a clock by which each evaluation takes d.
func slowly(d time.Duration) func() time.Time {
	now := start
	return func() time.Time {
		now = now.Add(d)
		return now
	}
}

// TestSampledExactly: whatever time there is, each message of a watched topic is
// counted as evaluated or as skipped, and the evaluated ones have values.
func TestSampledExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := New(Limits{TopicMessages: 100, AllMessages: 100})
		one, all := watched(t, f, ".a"), watched(t, f, ".a | . in *")
		var received [2]uint64 // on t, on u
		for range rapid.IntRange(1, 30).Draw(t, "batches") {
			evaluations := rapid.IntRange(0, 200).Draw(t, "evaluations")
			f.Watches().Allow(time.Duration(evaluations)*time.Microsecond, slowly(time.Microsecond))
			if rapid.Bool().Draw(t, "drop") {
				f.Dropped("t", 3, 30)
				received[0] += 3
			}
			var batch []jolt.Event
			for i := range rapid.IntRange(1, 400).Draw(t, "n") {
				topic := i % 2
				batch = append(batch, message([]string{"t", "u"}[topic], fmt.Sprintf(`{"a":%d}`, i)))
				received[topic]++
			}
			f.Apply(batch)
		}
		check := func(w *Watch, want uint64) {
			s := w.Stats()
			if s.Evaluated+s.Skipped != want || s.Numbers != s.Evaluated {
				t.Fatalf("%v: %d evaluated and %d skipped of %d; %d numbers", w.Field(), s.Evaluated, s.Skipped, want, s.Numbers)
			}
		}
		check(one, received[0])
		check(all, received[0]+received[1])
	})
}

func TestWithTimeNothingIsSkipped(t *testing.T) {
	f := New(Limits{})
	w := watched(t, f, ".")
	for range 10 {
		f.Watches().Allow(10*time.Millisecond+1, slowly(time.Microsecond))
		f.Apply(numbers(10_000))
	}
	if s := w.Stats(); s.Skipped != 0 || s.Sampled() != 1 {
		t.Errorf("skipped %d", s.Skipped)
	}
}

// numbers is a batch of n numbers from 0.
func numbers(n int) []jolt.Event {
	batch := make([]jolt.Event, n)
	for i := range batch {
		batch[i] = message("t", fmt.Sprint(i))
	}
	return batch
}

// TestSamplesComeFromAllOfABatch: when time is short, samples come from all of a batch, not
// only from its beginning.
func TestSamplesComeFromAllOfABatch(t *testing.T) {
	f := New(Limits{})
	w := watched(t, f, ".")
	batch := numbers(10_000)
	flood := func() {
		f.Watches().Allow(100*time.Microsecond, slowly(time.Microsecond))
		f.Apply(batch)
	}
	for range 20 {
		flood()
	}
	w.Reset()
	for range 50 {
		flood()
	}
	s := w.Stats()
	if s.Sampled() < 0.005 || s.Sampled() > 0.05 {
		t.Errorf("%.3f of all were evaluated", s.Sampled())
	}
	if s.Mean < 4000 || s.Mean > 6000 || s.Max < 9500 {
		t.Errorf("the samples are not of all: mean %v, max %v", s.Mean, s.Max)
	}
	for range 60 {
		f.Watches().Allow(time.Second, slowly(time.Microsecond))
	}
	before := s.Skipped
	f.Apply(numbers(100))
	if got := w.Stats().Skipped - before; got > 0 {
		t.Errorf("with time again, %d of 100 are skipped", got)
	}
}

func TestTimeThatWasTakenTooMuchIsMadeUpFor(t *testing.T) {
	f := New(Limits{})
	w := watched(t, f, ".")
	for range 50 {
		f.Watches().Allow(time.Millisecond, slowly(10*time.Millisecond))
		f.Apply(numbers(10))
	}
	if n := w.Stats().Evaluated; n < 3 || n > 6 {
		t.Errorf("%d evaluations of 10 ms in 50 batches with 1 ms each", n)
	}
}

func TestALongPayloadIsNotEvaluatedByAnExpression(t *testing.T) {
	f := New(Limits{})
	path, jq := watched(t, f, ".[0]"), watched(t, f, ".[0]+1")
	said(f, 1, "[1,"+fmt.Sprintf("%0*d]", longestForQuery, 1))
	long := `[7,"` + string(make([]byte, 0)) + fmt.Sprintf("%0*d", longestForQuery, 1) + `"]`
	said(f, 2, long)
	if s := jq.Stats(); s.Skipped != 2 || s.Evaluated != 0 {
		t.Errorf("the expression counted %+v", s)
	}
	if path.Last() != "7" {
		t.Errorf("the path found %q", path.Last())
	}
}
