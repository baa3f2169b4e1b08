package repeat

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]Plan{
		"100":                                 {Times: 100},
		"every 500ms":                         {Every: 500 * time.Millisecond},
		" 100  every\t50ms ":                  {Times: 100, Every: 50 * time.Millisecond},
		"1000 at 200/s":                       {Times: 1000, Every: 5 * time.Millisecond},
		"at 0.5/s":                            {Every: 2 * time.Second},
		"100 keep going":                      {Times: 100, KeepGoing: true},
		"every 1m, keep going":                {Every: time.Minute, KeepGoing: true},
		"1 at 1000000/s , keep going":         {Times: 1, Every: time.Microsecond, KeepGoing: true},
		"18446744073709551615 every 2562047h": {Times: 1<<64 - 1, Every: 2562047 * time.Hour},
	} {
		got, err := Parse(text)
		if err != nil || got != want {
			t.Errorf("%q is %+v, %v; want %+v", text, got, err, want)
		}
		if again, err := Parse(got.String()); err != nil || again != got {
			t.Errorf("%q is written %q, which is %+v, %v", text, got, again, err)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                    "say how often",
		"keep going":          "say how often",
		"0":                   `"0" is not how many times`,
		"-1":                  `"-1" is not how many times`,
		"often":               `"often" is not how many times`,
		"100 for 5s":          "say how often",
		"100 every":           "say how often",
		"1 every 5s a lot":    "say how often",
		"every 5":             `"5" is no time: give it a unit`,
		"every 0s":            "every 0s is too often",
		"every -5s":           "every -5s is too often",
		"at 200":              `"200" is no rate`,
		"at 0/s":              `"0/s" is no rate`,
		"at NaN/s":            `"NaN/s" is no rate`,
		"at 1e9/s":            `"1e9/s" is no rate`,
		"1, 2, every 5s":      "say how often",
		"10 keep going there": `say how often`,
	} {
		if p, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) || p != (Plan{}) {
			t.Errorf("%q: %+v, %v; want %q", text, p, err, want)
		}
	}
}

// times runs a plan in fake time and returns when each call was made.
func times(t *testing.T, p Plan, start func(n uint64) error) (at []time.Duration, started uint64, err error) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		started, err = p.Run(t.Context(), func(_ context.Context, n uint64) error {
			at = append(at, time.Since(begin))
			return start(n)
		})
	})
	return at, started, err
}

func TestRunKeepsItsPace(t *testing.T) {
	const ms = time.Millisecond
	slow := func(delays map[uint64]time.Duration) func(n uint64) error {
		return func(n uint64) error { time.Sleep(delays[n]); return nil }
	}
	for _, tc := range []struct {
		plan   Plan
		delays map[uint64]time.Duration
		want   []time.Duration
	}{
		{Plan{Times: 3}, nil, []time.Duration{0, 0, 0}},
		{Plan{Times: 3, Every: 50 * ms}, nil, []time.Duration{0, 50 * ms, 100 * ms}},
		{Plan{Times: 4, Every: 50 * ms}, map[uint64]time.Duration{1: 120 * ms}, // makes up for it
			[]time.Duration{0, 120 * ms, 120 * ms, 150 * ms}},
		{Plan{Times: 4, Every: 50 * ms}, map[uint64]time.Duration{1: time.Second}, // goes on from there
			[]time.Duration{0, 1000 * ms, 1050 * ms, 1100 * ms}},
	} {
		at, started, err := times(t, tc.plan, slow(tc.delays))
		if diff := cmp.Diff(tc.want, at); diff != "" || started != tc.plan.Times || err != nil {
			t.Errorf("%s: %d started, %v (-want +got):\n%s", tc.plan, started, err, diff)
		}
	}
}

func TestRunEndsWithWhatFailed(t *testing.T) {
	failed := errors.New("failed")
	at, started, err := times(t, Plan{Every: time.Second}, func(n uint64) error {
		if n == 3 {
			return failed
		}
		return nil
	})
	if err != failed || started != 2 || len(at) != 3 {
		t.Errorf("%d started at %v, %v", started, at, err)
	}
}

func TestRunStopsAtOnce(t *testing.T) {
	stopped := errors.New("stopped")
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancelCause(t.Context())
		begin := time.Now()
		time.AfterFunc(90*time.Minute, func() { stop(stopped) })
		started, err := Plan{Every: time.Hour}.Run(ctx, func(context.Context, uint64) error { return nil })
		if err != stopped || started != 2 || time.Since(begin) != 90*time.Minute {
			t.Errorf("%d started in %s, %v", started, time.Since(begin), err)
		}
		started, err = Plan{Times: 5}.Run(ctx, func(context.Context, uint64) error { return nil })
		if err != stopped || started != 0 {
			t.Errorf("%d started by one that was stopped before, %v", started, err)
		}
	})
}
