package load

import (
	"testing"
	"testing/synctest"
	"time"

	"joltui/jolt"
)

// A warm-up of 1 s, 2 s at 100/s with an outage in them, and a message that is
// waited for in vain: each stage says what it does, four times a second.
func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broker := &fakeBroker{
			takes: func(int) time.Duration { return 2 * time.Millisecond },
			delivers: func(m *jolt.Message) []*jolt.Message {
				if h, _ := parseHeader(m.Data); h.run&phaseBits == uint32(Measuring) && h.number == 5 {
					return nil
				}
				return []*jolt.Message{m}
			},
		}
		var seen []Progress
		cfg := broker.config()
		cfg.Progress = func(p Progress) { seen = append(seen, p) }
		cfg.Warmup, cfg.Duration, cfg.Rate, cfg.Grace = time.Second+time.Millisecond, 2*time.Second+time.Millisecond, 100, 400*time.Millisecond
		go func() {
			time.Sleep(time.Second + 1100*time.Millisecond)
			broker.cut(200 * time.Millisecond)
		}()
		if _, err := Run(t.Context(), cfg); err != nil {
			t.Fatal(err)
		}
		stages := map[Stage]int{}
		for _, p := range seen {
			stages[p.Stage]++
		}
		if stages[Warmup] != 4 || stages[Measuring] != 8 || stages[Draining] != 1 {
			t.Fatalf("%v: %+v", stages, seen)
		}
		for i, p := range seen[:4] {
			if p.Elapsed != time.Duration(i+1)*reportEvery || p.Rate != 100 || !about(p.P50, 2*time.Millisecond) || p.Down != 0 {
				t.Errorf("warming up: %+v", p)
			}
		}
		measuring := seen[4:12]
		if p := measuring[0]; p.Outcomes.Acknowledged != 25 || p.Rate != 100 || p.Owed != 1 || p.Down != 0 {
			t.Errorf("measuring: %+v", p)
		}
		if p := measuring[4]; p.Down != 2 || p.Rate >= 100 {
			t.Errorf("while the connections are lost: %+v", p)
		}
		if p := measuring[7]; p.Down != 0 || p.P99 < 100*time.Millisecond {
			t.Errorf("after the outage: %+v", p)
		}
		if p := seen[12]; p.Owed != 1 || p.Down != 0 {
			t.Errorf("draining: %+v", p)
		}
	})
}
