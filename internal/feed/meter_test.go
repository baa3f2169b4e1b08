package feed

import (
	"slices"
	"testing"
	"time"
)

// flow ticks f ten times a second for so many seconds, with as many messages on
// topic t in each second as count says, spread evenly.
func flow(f *Feed, from float64, seconds int, count func(second int) int) {
	for s := range seconds {
		for tenth := range 10 {
			f.Tick(at(from + float64(s) + float64(tenth)/10))
			n := count(s)
			for range n*(tenth+1)/10 - n*tenth/10 {
				apply(f, message("t", "12345678"))
			}
		}
	}
	f.Tick(at(from + float64(seconds)))
}

func TestSteadyFlowReadsSteady(t *testing.T) {
	f := New(Limits{TopicMessages: 1})
	flow(f, 0, 20, func(int) int { return 40 })
	topic := f.Topic("t")
	if topic.Rate() != 40 || topic.ByteRate() != 320 || topic.Peak() != 40 || f.Rate() != 40 || f.ByteRate() != 320 {
		t.Errorf("rates are %v, %v, peak %v", topic.Rate(), topic.ByteRate(), topic.Peak())
	}
}

func TestRateFollows(t *testing.T) {
	f := New(Limits{})
	flow(f, 0, 10, func(int) int { return 100 })
	flow(f, 10, 3, func(int) int { return 20 })
	topic := f.Topic("t")
	if r := topic.Rate(); r < 20 || r > 35 {
		t.Errorf("3 s after the flow fell from 100 to 20 the rate is %v", r)
	}
	if topic.Peak() != 100 {
		t.Errorf("peak is %v, want 100", topic.Peak())
	}
}

func TestSilenceIsZero(t *testing.T) {
	f := New(Limits{})
	flow(f, 0, 5, func(int) int { return 1000 })
	last := f.Topic("t").Rate()
	for s := range silentSeconds {
		f.Tick(at(float64(6 + s)))
		now := f.Topic("t").Rate()
		if now >= last {
			t.Errorf("after %d s of silence the rate is %v, before it was %v", s+1, now, last)
		}
		last = now
	}
	if last != 0 || f.Topic("t").ByteRate() != 0 || f.Rate() != 0 {
		t.Errorf("after %d s of silence the rate is %v", silentSeconds, last)
	}
}

func TestSlowFlow(t *testing.T) {
	f := New(Limits{})
	flow(f, 0, 30, func(second int) int { return (second + 1) % 2 })
	if r := f.Topic("t").Rate(); r < 0.3 || r > 0.7 {
		t.Errorf("one message every 2 s reads %v/s", r)
	}
}

func TestSpark(t *testing.T) {
	f := New(Limits{})
	flow(f, 0, 3, func(second int) int { return second + 1 })
	for name, spark := range map[string][]float64{"topic": f.Topic("t").Spark(), "all": f.Spark()} {
		if len(spark) != 60 || spark[56] != 0 || spark[57] != 1 || spark[58] != 2 || spark[59] != 3 {
			t.Errorf("%s: %v", name, spark)
		}
	}
	f.Tick(at(3 + 59))
	if got := f.Topic("t").Spark()[0]; got != 3 {
		t.Errorf("the oldest count is %v, want 3", got)
	}
	f.Tick(at(3 + 60))
	f.Tick(at(3 + 61)) // quiet for longer than is kept
	for _, n := range f.Topic("t").Spark() {
		if n != 0 {
			t.Errorf("a count of %v is older than 60 s", n)
		}
	}
}

// TestClockJumps: a suspended machine and a clock set back do no harm.
func TestClockJumps(t *testing.T) {
	f := New(Limits{})
	flow(f, 0, 3, func(int) int { return 10 })
	f.Tick(at(3).Add(-24 * time.Hour))
	apply(f, message("t", ""))
	f.Tick(at(4).Add(-24 * time.Hour))
	if got := f.Topic("t").Spark()[59]; got != 1 {
		t.Errorf("the second after the clock was set back has %v messages, want 1", got)
	}
	apply(f, message("t", ""))
	f.Tick(at(4).Add(1000 * 24 * time.Hour))
	if f.Topic("t").Rate() != 0 {
		t.Errorf("the rate after 1,000 days is %v", f.Topic("t").Rate())
	}
	if f.Topic("t").Peak() != 10 {
		t.Errorf("peak is %v, want 10", f.Topic("t").Peak())
	}
}

// A feed without messages does no work for its topics, and goes on with the next message.
func TestSilentMetersRest(t *testing.T) {
	f := New(Limits{})
	f.Want("other", at(0))
	flow(f, 0, 1, func(int) int { return 7 })
	apply(f, message("t", "x")) // the second that runs when the clock leaps
	f.Tick(at(90))
	rests := f.Rolled()
	if rests != at(90) || slices.Max(f.Spark()) != 0 || slices.Max(f.Topic("t").Spark()) != 0 {
		t.Fatalf("rolled at %s, with sparks %v", rests, f.Spark())
	}
	for s := range 3 {
		f.Tick(at(float64(100 + s)))
		if f.Rolled() != rests {
			t.Errorf("the meters were rolled after %d s of silence", 99+s)
		}
	}
	flow(f, 103, 2, func(second int) int { return 5 - 5*second })
	for _, spark := range [][]float64{f.Spark(), f.Topic("t").Spark()} {
		if !slices.Equal(spark[sparkSeconds-3:], []float64{0, 5, 0}) {
			t.Errorf("after the silence the sparks are %v", spark)
		}
	}
	if f.Rolled() != at(105) || f.Topic("t").Rate() != f.Rate() || f.Rate() == 0 {
		t.Errorf("rolled at %s, rates are %v and %v", f.Rolled(), f.Topic("t").Rate(), f.Rate())
	}
}
