package jolt

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// step is one request of a random session.
type step struct {
	wait    time.Duration // since the step before
	request Request
	timeout time.Duration // of its context; 0 is none
}

// history is a random session: what is asked, and how the network fails.
type history struct {
	window int
	delay  time.Duration
	plan   []link
	steps  []step
}

func drawHistory(t *rapid.T) history {
	ms := func(name string, most int) time.Duration {
		return time.Duration(rapid.IntRange(0, most).Draw(t, name)) * time.Millisecond
	}
	cutAfter := func(name string) int {
		return rapid.OneOf(rapid.Just(never), rapid.IntRange(0, 400)).Draw(t, name)
	}
	h := history{window: rapid.SampledFrom([]int{1, 1, 2, 8}).Draw(t, "window"), delay: ms("delay", 50)}
	for range rapid.IntRange(0, 8).Draw(t, "cuts") {
		h.plan = append(h.plan, link{
			refuse:   rapid.IntRange(0, 4).Draw(t, "refuse") == 0,
			toClient: cutAfter("to the client"),
			toBroker: cutAfter("to the broker"),
		})
	}
	for i := range rapid.IntRange(1, 40).Draw(t, "requests") {
		r := Request{
			Op:    rapid.SampledFrom([]Op{OpPublish, OpPublish, OpPublish, OpSubscribe, OpUnsubscribe, OpPing}).Draw(t, "op"),
			Topic: rapid.SampledFrom([]string{"a", "b", "c", "no"}).Draw(t, "topic"),
			Ref:   uint64(i + 1),
		}
		if r.Op == OpPublish {
			r.Data = fmt.Sprint(r.Ref)
		}
		s := step{wait: ms("wait", 40), request: r}
		if rapid.IntRange(0, 5).Draw(t, "impatient") == 0 {
			s.timeout = ms("time-out", 60) + 1
		}
		h.steps = append(h.steps, s)
	}
	return h
}

// run plays a history in fake time, and returns what is wrong with how it went.
func (h history) run(t *testing.T) (err error) {
	synctest.Test(t, func(t *testing.T) {
		b, rec := newHonest(h.plan...), &recorder{}
		b.delay = h.delay
		b.refused["no"] = true
		backoff := func(int) time.Duration { return 20 * time.Millisecond }
		topics := []string{"a", "no"}
		c, newErr := New(Config{Topics: topics, Window: h.window, Backoff: backoff, Dial: b.dial, Handler: rec.handle})
		if newErr != nil {
			t.Fatal(newErr)
		}
		defer c.Close()
		var running sync.WaitGroup
		var asked []Request
		for _, s := range h.steps {
			time.Sleep(s.wait)
			asked = append(asked, s.request)
			running.Go(func() {
				ctx := context.Background()
				if s.timeout > 0 {
					bounded, cancel := context.WithTimeout(ctx, s.timeout)
					defer cancel()
					ctx = bounded
				}
				c.Do(ctx, s.request)
			})
		}
		running.Wait()
		awaitUp(t, c)
		time.Sleep(time.Minute) // also for the replies that nobody waits for any more
		awaitUp(t, c)
		synctest.Wait()
		c.Close()
		synctest.Wait()
		err = b.check(topics, asked, rec.events)
	})
	return err
}

// Promise 4 of reliability: whatever is asked, by whoever, and wherever the
// network fails, each request has exactly one outcome that agrees with what the
// broker took; nothing is sent twice; what is subscribed is subscribed again.
//
// The long form is: go test ./jolt -run TestModel -rapid.checks 10000
func TestModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		for range 3 { // the short form is 300 sessions
			if err := drawHistory(rt).run(t); err != nil {
				rt.Fatal(err)
			}
		}
	})
}
