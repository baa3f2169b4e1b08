package jolt

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

// Promise 1 of reliability: it reconnects for ever, and waits between 0 and
// min(5 s, 250 ms·2ⁿ), evenly spread.
func TestTenThousandRefusedDials(t *testing.T) {
	const dials = 10_000
	synctest.Test(t, func(t *testing.T) {
		plan := []link{{toClient: len(okLine) + 1, toBroker: never}} // up, then lost with the next reply
		for range dials {
			plan = append(plan, link{refuse: true})
		}
		b, rec := newHonest(plan...), &recorder{}
		c, err := New(Config{Dial: b.dial, Handler: rec.handle})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		synctest.Wait()
		if c.Publish(context.Background(), "a", "1"); c.IsConnected() {
			t.Fatal("the first connection was not lost")
		}
		for !c.IsConnected() {
			time.Sleep(time.Hour)
		}
		c.Close()
		if len(b.dialled) != dials+2 {
			t.Fatalf("it dialled %d times", len(b.dialled))
		}
		checkWaits(t, b.dialled[1:])
		if err := checkGaps(rec.events); err != nil {
			t.Error(err)
		}
		checkAnnounced(t, rec.events, b.dialled)
	})
}

// checkWaits compares the waits between refused dials with the law.
func checkWaits(t *testing.T, dialled []time.Time) {
	t.Helper()
	var tenths [10]int
	var full int
	for n := range len(dialled) - 1 {
		wait, ceiling := dialled[n+1].Sub(dialled[n]), min(5*time.Second, 250*time.Millisecond<<min(n+1, 10))
		if wait < 0 || wait > ceiling {
			t.Fatalf("after %d failures it waited %s; the most is %s", n+1, wait, ceiling)
		}
		if ceiling == 5*time.Second {
			full++
			tenths[min(9, int(10*wait/ceiling))]++
		}
	}
	for i, n := range tenths {
		// Six standard deviations of a fair spread are 18 %.
		if n < full/10*75/100 || n > full/10*125/100 {
			t.Errorf("%d of %d waits lie in tenth %d: %v", n, full, i, tenths)
		}
	}
}

// checkAnnounced: each wait was announced with when it ends, and each attempt
// with its number.
func checkAnnounced(t *testing.T, events []Event, dialled []time.Time) {
	t.Helper()
	i, attempt := 0, 1
	for _, e := range events {
		s, ok := e.(*StateChange)
		switch {
		case ok && s.State == Down:
			if i++; !s.RetryAt.Equal(dialled[i]) {
				t.Fatalf("retry %d was announced for %s and made at %s", i, s.RetryAt, dialled[i])
			}
			attempt = s.Attempt + 1
		case ok && s.State == Connecting && s.Attempt != attempt:
			t.Fatalf("attempt %d is called %d", attempt, s.Attempt)
		}
	}
	if i != len(dialled)-1 {
		t.Errorf("%d of %d waits were announced", i, len(dialled)-1)
	}
}

// Promise 2 of reliability: a peer that vanishes without a FIN, at whatever
// moment and whatever the client is doing, is noticed within 7 s.
func TestDeadPeerInEveryState(t *testing.T) {
	for name, cfg := range map[string]Config{
		"idle":             {},
		"measuring":        {PingInterval: 2 * time.Second},
		"never subscribed": {Topics: []string{"a", "b"}},
		"never logged in":  {User: "ann", Pass: "pw"},
	} {
		for offset := time.Duration(0); offset < 9*time.Second; offset += 500 * time.Millisecond {
			deadPeer(t, fmt.Sprint(name, ", after ", offset), cfg, offset, nil)
		}
	}
	publish := func(c *Client) { c.Publish(context.Background(), "a", "1") }
	for offset := time.Duration(0); offset < 9*time.Second; offset += 500 * time.Millisecond {
		deadPeer(t, fmt.Sprint("publishing, after ", offset), Config{}, offset, publish)
	}
}

// deadPeer lets a peer talk for a while, and then vanish. It never answers and,
// as its pipe has no buffer, takes nothing either.
func deadPeer(t *testing.T, name string, cfg Config, talks time.Duration, do func(*Client)) {
	t.Helper()
	start(t, cfg, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.accept()
		if cfg.User == "" && cfg.Topics == nil {
			p.expect(`{"op":"ping"}`)
			p.send(okLine)
		}
		heard := time.Now()
		for time.Since(heard) < talks {
			time.Sleep(250 * time.Millisecond)
			p.send("{\"topic\":\"m\",\"data\":\"1\"}\n")
		}
		vanished := time.Now()
		if do != nil {
			go do(c)
		}
		var down *StateChange
		for range 100 {
			time.Sleep(100 * time.Millisecond)
			if down = rec.lastDown(); down != nil {
				break
			}
		}
		if down == nil || down.At.Sub(vanished) > 7*time.Second {
			t.Fatalf("%s: noticed %+v; vanished at %s", name, down, vanished)
		}
		if !errors.Is(down.Cause, ErrDeadPeer) && !errors.Is(down.Cause, ErrNoReply) {
			t.Errorf("%s: the cause is %v", name, down.Cause)
		}
	})
}

func (r *recorder) lastDown() *StateChange {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range r.events {
		if s, ok := e.(*StateChange); ok && s.State == Down {
			return s
		}
	}
	return nil
}
