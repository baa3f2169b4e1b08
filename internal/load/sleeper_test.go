package load

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestSleepUntil(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		for _, d := range []time.Duration{0, time.Microsecond, coarse, time.Minute} {
			at := time.Now().Add(d)
			sleepUntil(t.Context(), runtimeSleeper{}, at)
			if now := time.Now(); !now.Equal(at) {
				t.Errorf("woke up %v after the time", now.Sub(at))
			}
		}
		sleepUntil(t.Context(), runtimeSleeper{}, began)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began = time.Now()
		sleepUntil(ctx, runtimeSleeper{}, began.Add(time.Minute))
		if slept := time.Since(began); slept != time.Second {
			t.Errorf("slept for %v when the context ended after 1 s", slept)
		}
	})
}

// The sleeper of this system does not wake up early, however often it is used.
func TestSleeperOfThisSystem(t *testing.T) {
	s := newSleeper()
	defer s.Close()
	for _, d := range []time.Duration{time.Microsecond, 300 * time.Microsecond, coarse, time.Microsecond} {
		began := time.Now()
		s.Sleep(d)
		if slept := time.Since(began); slept < d {
			t.Errorf("slept %v in place of %v", slept, d)
		}
	}
	s.Close()
	began := time.Now()
	s.Sleep(time.Millisecond) // as the runtime does, when it must
	if slept := time.Since(began); slept < time.Millisecond {
		t.Errorf("slept %v without its timer", slept)
	}
}

// BenchmarkSleep tells how late one wakes up from 50 µs, in both ways.
func BenchmarkSleep(b *testing.B) {
	for _, s := range []struct {
		name string
		sleeper
	}{{"runtime", runtimeSleeper{}}, {"system", newSleeper()}} {
		b.Run(s.name, func(b *testing.B) {
			for b.Loop() {
				s.Sleep(50 * time.Microsecond)
			}
		})
		s.Close()
	}
}
