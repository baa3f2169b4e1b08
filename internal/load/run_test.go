package load

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"joltui/internal/publisher"
	"joltui/jolt"
)

var errCut = errors.New("cut")

// A broker that stalls for a second delays what is due in that second, sent or
// not. 1,000 of 10,000 messages are: the slowest percent waits 0.9 s and more.
// Counted from when they could be sent, only the 10 in flight would be slow.
func TestAStallCountsForAllThatWereDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broker := &fakeBroker{takes: func(publish int) time.Duration {
			if publish == 3000 {
				return time.Second
			}
			return 100 * time.Microsecond
		}}
		cfg := broker.config()
		cfg.Rate, cfg.Window, cfg.Duration = 1000, 10, 10*time.Second
		r, err := Run(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		if r.Outcomes.Acknowledged != 10_000 || !r.Reached() || r.Overdue != 0 || !r.Sound() {
			t.Errorf("%+v, reached %v, overdue %d", r.Outcomes, r.Reached(), r.Overdue)
		}
		for name, l := range map[string]Latency{"acknowledged": r.Ack, "delivered": r.EndToEnd} {
			if l.Count != 10_000 || !about(l.P50, 100*time.Microsecond) || !about(l.Max, time.Second) {
				t.Errorf("%s: %+v", name, l)
			}
			// The backlog grows by 1,000 and goes at 10,000 − 1,000 a second.
			if !about(l.P99, 910*time.Millisecond) || !about(l.P999, 991*time.Millisecond) {
				t.Errorf("%s: the stall is not in p99 %v and p99.9 %v", name, l.P99, l.P999)
			}
		}
	})
}

// about allows what a histogram rounds off.
func about(got, want time.Duration) bool {
	return (got - want).Abs() <= want/500
}

// Where the broker cannot keep up, what was due and not sent is counted, and
// the latencies grow with the backlog.
func TestARateThatCannotBeReached(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broker := &fakeBroker{takes: func(int) time.Duration { return 10 * time.Millisecond }}
		cfg := broker.config()
		cfg.Rate, cfg.Window, cfg.Duration = 200, 5, 10*time.Second+5*time.Millisecond
		r, err := Run(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		// 1,000 are done by the end, and 5 more are in flight. The last of them
		// was due after 1,004 × 5 ms.
		if r.Reached() || r.Outcomes.Acknowledged != 1005 || r.Overdue != 2001-1005 {
			t.Errorf("reached %v: %+v, overdue %d", r.Reached(), r.Outcomes, r.Overdue)
		}
		if r.Elapsed != 10_050*time.Millisecond || r.AcknowledgedPerSecond() != 100 {
			t.Errorf("%.1f/s in %v", r.AcknowledgedPerSecond(), r.Elapsed)
		}
		if !about(r.Ack.Max, 10_050*time.Millisecond-1004*5*time.Millisecond) {
			t.Errorf("the slowest took %v", r.Ack.Max)
		}
	})
}

// Without a rate a window is kept full, and a stall delays only what is in it.
func TestAWindowIsKeptFull(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broker := &fakeBroker{takes: func(int) time.Duration { return time.Millisecond }}
		cfg := broker.config()
		cfg.Window, cfg.Duration, cfg.Count = 8, 0, 1000
		r, err := Run(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		if r.Ack.Count != 1000 || !about(r.Ack.P50, 8*time.Millisecond) || !about(r.Ack.Min, time.Millisecond) {
			t.Errorf("%+v", r.Ack)
		}
		if r.Elapsed != time.Second || r.Overslept.Count != 0 {
			t.Errorf("took %v; %+v", r.Elapsed, r.Overslept)
		}
	})
}

// A publisher that sleeps too long delays its messages, and says that it did.
func TestOversleptTimeIsPartOfTheLatencies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := new(fakeBroker).config()
		cfg.sleep = func() sleeper { return lateSleeper{} }
		cfg.Rate, cfg.Duration = 100, time.Second
		r, err := Run(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		// The first message is due at once: nobody sleeps for it.
		if r.Overslept.Count != 99 || !about(r.Overslept.P50, 3*time.Millisecond) || !about(r.Ack.P50, 3*time.Millisecond) {
			t.Errorf("late %+v, acknowledged %+v", r.Overslept, r.Ack)
		}
	})
}

type lateSleeper struct{ runtimeSleeper }

func (lateSleeper) Sleep(d time.Duration) { time.Sleep(d + 3*time.Millisecond) }

// The slow messages of the warm-up are in no figure, and those that come late are not counted
// as foreign.
func TestWarmupIsThrownAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var kept []*jolt.Message
		broker := &fakeBroker{}
		broker.takes = func(publish int) time.Duration {
			if publish < 50 {
				return 20 * time.Millisecond
			}
			return time.Millisecond
		}
		broker.delivers = func(m *jolt.Message) []*jolt.Message {
			switch broker.publishes {
			case 10: // of the warm-up
				kept = append(kept, m)
				return nil
			case 100: // of the measurement
				return append(kept, m)
			}
			return []*jolt.Message{m}
		}
		cfg := broker.config()
		cfg.Warmup, cfg.Window, cfg.Duration, cfg.Count, cfg.Subscribers = time.Second, 1, 0, 100, 1
		r, err := Run(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		if r.Outcomes.Acknowledged != 100 || !about(r.Ack.Max, time.Millisecond) || !about(r.EndToEnd.Max, time.Millisecond) {
			t.Errorf("%+v %+v %+v", r.Outcomes, r.Ack, r.EndToEnd)
		}
		if len(kept) != 1 || !r.Sound() || r.Deliveries.Received != 100 || r.Deliveries.Foreign != 0 {
			t.Errorf("%d kept, %+v", len(kept), r.Deliveries)
		}
	})
}

// What subscribers get is counted exactly: lost, again, out of order, foreign.
func TestDeliveriesAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var before []*jolt.Message
		delivers := func(m *jolt.Message) []*jolt.Message {
			h, _ := parseHeader(m.Data)
			switch {
			case h.run&phaseBits != uint32(Measuring):
			case h.number%100 == 7: // lost
				return nil
			case h.number%100 == 20: // later
				before = append(before, m)
				return nil
			case h.number%100 == 30:
				before = append(before, m)
				return slices.Concat([]*jolt.Message{m, m}, before[len(before)-2:][:1])
			case h.number%100 == 50: // cut short, and of somebody else
				short := *m
				short.Data = short.Data[:len(short.Data)-1]
				return []*jolt.Message{&short, {At: m.At, Topic: m.Topic, Data: "hello"}}
			}
			return []*jolt.Message{m}
		}
		cfg := (&fakeBroker{delivers: delivers}).config()
		cfg.Publishers, cfg.Topics, cfg.Duration, cfg.Count = 1, 2, 0, 1000
		started := time.Now()
		r, err := Run(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		want := Deliveries{Received: 980, Lost: 20, Duplicates: 10, Reordered: 10, Foreign: 20}
		if r.Deliveries != want || r.Sound() {
			t.Errorf("%+v, want %+v", r.Deliveries, want)
		}
		if waited := time.Since(started); waited < cfg.Grace || waited > cfg.Grace+10*time.Millisecond {
			t.Errorf("waited %v for what was lost", waited)
		}
	})
}

// Nobody is owed what was rejected; the rejections are a result.
func TestRejectionsAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refusal := &jolt.RejectedError{Op: jolt.OpPublish, Text: "busy"}
		refuses := func(r jolt.Request) error {
			if h, ok := parseHeader(r.Data); ok && h.run&phaseBits == uint32(Measuring) && h.number%4 == 1 {
				return refusal
			}
			return nil
		}
		cfg := (&fakeBroker{refuses: refuses}).config()
		cfg.Publishers, cfg.Subscribers, cfg.Topics, cfg.Duration, cfg.Count = 2, 3, 3, 0, 800
		started := time.Now()
		r, err := Run(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		if want := (publisher.Outcomes{Acknowledged: 600, Rejected: 200}); r.Outcomes != want || r.Refusal != refusal || r.Ack.Count != 600 {
			t.Errorf("%+v, %v, %+v", r.Outcomes, r.Refusal, r.Ack)
		}
		if want := (Deliveries{Received: 1800}); r.Deliveries != want || r.Sound() {
			t.Errorf("%+v", r.Deliveries)
		}
		if time.Since(started) >= cfg.Grace {
			t.Error("it waited for messages that were rejected")
		}
	})
}

// A refusal before the load is an error.
func TestRefusedTopics(t *testing.T) {
	for op, name := range map[jolt.Op]string{jolt.OpSubscribe: "sub", jolt.OpPublish: "pub"} {
		synctest.Test(t, func(t *testing.T) {
			refuses := func(r jolt.Request) error {
				if r.Op == op && r.Topic == "t.2" {
					return &jolt.RejectedError{Op: op, Topic: r.Topic, Text: "forbidden"}
				}
				return nil
			}
			cfg := (&fakeBroker{refuses: refuses}).config()
			cfg.Topic, cfg.Topics = "t", 3
			r, err := Run(t.Context(), cfg)
			var rejected *jolt.RejectedError
			if r != nil || !errors.As(err, &rejected) || rejected.Topic != "t.2" {
				t.Errorf("%s: %v, %v", name, r, err)
			}
		})
	}
}

// An interrupted run has the results so far.
func TestInterrupted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broker := &fakeBroker{takes: func(int) time.Duration { return time.Millisecond }}
		cfg := broker.config()
		cfg.Rate, cfg.Duration = 500, time.Hour
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second+500*time.Microsecond)
		defer cancel()
		r, err := Run(ctx, cfg)
		if !errors.Is(err, context.DeadlineExceeded) || r == nil || !r.Interrupted {
			t.Fatalf("%+v, %v", r, err)
		}
		if r.Outcomes.Acknowledged != 1000 || r.Overdue != 0 || !r.Reached() || !r.Sound() {
			t.Errorf("%+v in %v, overdue %d", r.Outcomes, r.Elapsed, r.Overdue)
		}
	})
}

func TestInterruptedWarmup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broker := &fakeBroker{takes: func(int) time.Duration { return time.Millisecond }}
		cfg := broker.config()
		cfg.Warmup = time.Minute
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if r, err := Run(ctx, cfg); r != nil || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%+v, %v", r, err)
		}
	})
}
