package jolt

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// misdeed is what a hostile broker does with one request, and when.
type misdeed struct {
	kind  string
	delay time.Duration
}

// misdeeds, each with the lines that it makes of a reply. Every true reply
// names the request that it answers, which is the ledger: no client can know,
// but the test sees whom it was given to.
var misdeeds = map[string]func(reply string) string{
	"answer":      func(reply string) string { return reply },
	"omit":        func(string) string { return "" },
	"twice":       func(reply string) string { return reply + reply },
	"many times":  func(reply string) string { return strings.Repeat(reply, 50) },
	"garbage":     func(reply string) string { return "\x00\xff{[\n" + reply },
	"half a line": func(reply string) string { return reply[:len(reply)/2] + "\n" + reply },
	"flood": func(reply string) string {
		return strings.Repeat("{\"topic\":\"m\",\"data\":\"{\\\"ok\\\":true}\"}\n", 200) + reply
	},
	"odd frames": func(reply string) string {
		return "{\"topic\":\"x\"}\n{\"data\":\"x\"}\n{\"ok\":1e999999}\n{\"ok\":\"true\"}\n{}\n\n \r\n" + reply
	},
	"bye":      func(string) string { return "{\"ok\":false,\"error\":\"slow_consumer: you\"}\n" },
	"ok first": func(reply string) string { return "{\"ok\":true,\"ok\":false}\n" + reply },
}

// hostile answers each publish with its misdeed, one connection after another.
type hostile struct {
	*fakeBroker
	mu    sync.Mutex
	plan  []misdeed // of the requests to come; then it is honest
	heard map[string]int
}

func (h *hostile) serve() {
	for p := range h.conns {
		go func() {
			defer p.Close()
			for {
				line, err := p.r.ReadString('\n')
				if err != nil {
					return
				}
				go h.answer(p, strings.TrimSuffix(line, "\n"))
			}
		}()
	}
}

// answer plays one misdeed. It runs beside those of the requests before it, so
// that a delayed reply is also one out of turn.
func (h *hostile) answer(p *peer, line string) {
	r, err := ParseRequest(line)
	if err != nil || r.Op != OpPublish {
		p.Write([]byte(okLine))
		return
	}
	h.mu.Lock()
	m := misdeed{kind: "answer"}
	if len(h.plan) > 0 {
		m, h.plan = h.plan[0], h.plan[1:]
	}
	h.heard[r.Data]++
	h.mu.Unlock()
	time.Sleep(m.delay)
	p.Write([]byte(misdeeds[m.kind](fmt.Sprintf("{\"ok\":false,\"error\":\"answers %s\"}\n", r.Data))))
}

// run publishes while the broker misbehaves, and returns what went wrong.
func (h *hostile) run(t *testing.T, publishes int, pause time.Duration) (err error) {
	synctest.Test(t, func(t *testing.T) {
		h.fakeBroker, h.heard = newFakeBroker(t), make(map[string]int)
		rec := &recorder{}
		c, newErr := New(Config{Dial: h.dial, Handler: rec.handle, Backoff: func(int) time.Duration { return 100 * time.Millisecond }})
		if newErr != nil {
			t.Fatal(newErr)
		}
		go h.serve()
		var running sync.WaitGroup
		for ref := range publishes {
			awaitUp(t, c)
			running.Go(func() {
				c.Do(context.Background(), Request{Op: OpPublish, Topic: "a", Data: fmt.Sprint(ref), Ref: uint64(ref + 1)})
			})
			time.Sleep(pause)
		}
		running.Wait()
		synctest.Wait()
		c.Close()
		time.Sleep(time.Minute)
		close(h.conns)
		synctest.Wait()
		err = h.check(publishes, rec.events)
	})
	return err
}

// check: no reply was given to another request than its own, each request has
// one outcome, none went out twice, and whatever was lost has been told.
func (h *hostile) check(publishes int, events []Event) error {
	outcomes := make(map[uint64]int)
	unknown, down := 0, 0
	for _, e := range events {
		switch e := e.(type) {
		case *Reply:
			if e.Request.Op != OpPublish {
				continue
			}
			outcomes[e.Request.Ref]++
			var rejected *RejectedError
			if errors.As(e.Err, &rejected) && rejected.Text != "answers "+e.Request.Data {
				return fmt.Errorf("publish %s got the reply %q", e.Request.Data, rejected.Text)
			}
			if e.Outcome == Acknowledged {
				return fmt.Errorf("publish %s counts as acknowledged; nothing was", e.Request.Data)
			}
			if e.Outcome == Unknown {
				unknown++
			}
		case *StateChange:
			if (e.State == Down || e.State == Closed) && e.Cause != nil {
				down++
			}
		}
	}
	for ref := range publishes {
		if n := outcomes[uint64(ref+1)]; n != 1 {
			return fmt.Errorf("publish %d has %d outcomes", ref, n)
		}
		if n := h.heard[fmt.Sprint(ref)]; n > 1 {
			return fmt.Errorf("publish %d was sent %d times", ref, n)
		}
	}
	if unknown > down {
		return fmt.Errorf("%d outcomes are unknown, and only %d lost connections were told", unknown, down)
	}
	return nil
}

// Promise 5 of reliability: a broker that leaves replies out, sends them twice,
// late, in pieces or among garbage never makes one go to the wrong request.
//
// One thing no client can tell: a surplus reply that comes after the next
// request has gone out looks exactly like the reply to that one. The broker of
// this test sends surplus replies together with the true one, or into silence.
func TestHostileReplies(t *testing.T) {
	for kind := range misdeeds {
		for _, delay := range []time.Duration{0, time.Second, 8 * time.Second, 11 * time.Second} {
			for _, pause := range []time.Duration{0, 20 * time.Second} {
				h := &hostile{plan: []misdeed{{kind, delay}, {"answer", 0}, {kind, delay}}}
				if err := h.run(t, 6, pause); err != nil {
					t.Errorf("%s after %s, a publish every %s: %v", kind, delay, pause, err)
				}
			}
		}
	}
}

// The same in any mixture. The long form is: go test ./jolt -run
// TestHostileMixture -rapid.checks 10000
func TestHostileMixture(t *testing.T) {
	kinds := slices.Sorted(maps.Keys(misdeeds))
	rapid.Check(t, func(rt *rapid.T) {
		h := &hostile{}
		for range rapid.IntRange(1, 10).Draw(rt, "misdeeds") {
			h.plan = append(h.plan, misdeed{
				kind:  rapid.SampledFrom(kinds).Draw(rt, "kind"),
				delay: time.Duration(rapid.IntRange(0, 12_000).Draw(rt, "delay")) * time.Millisecond,
			})
		}
		publishes := rapid.IntRange(1, 20).Draw(rt, "publishes")
		pause := time.Duration(rapid.IntRange(0, 3_000).Draw(rt, "pause")) * time.Millisecond
		if err := h.run(t, publishes, pause); err != nil {
			rt.Fatal(err)
		}
	})
}

// A reply that comes twice, the second time into silence, ends the connection
// before anything more is sent on it, and the user is told.
func TestSurplusReplyIntoSilence(t *testing.T) {
	start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take() // it is up
		done := async(func() error { return c.Publish(context.Background(), "a", "1") })
		p.expect(`{"op":"pub","topic":"a","data":"1"}`)
		p.send(okLine)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		rec.take()
		p.send(okLine)
		if got := rec.take(); !strings.HasPrefix(got, "unsolicited {\"ok\":true}\ndown after 0: "+ErrOutOfStep.Error()) {
			t.Errorf("events:\n%s", got)
		}
		if err := c.Publish(context.Background(), "a", "2"); !errors.Is(err, ErrNotConnected) {
			t.Errorf("publish: %v", err)
		}
	})
}

// Replies to resubscriptions that are left out, doubled or swapped never make a
// subscription count as restored that the broker refused.
func TestHostileResubscription(t *testing.T) {
	topics := []string{"t0", "t1", "t2", "t3"}
	for name, replies := range map[string]string{
		"one too few":  okLine + okLine + okLine,
		"one too many": strings.Repeat(okLine, 5),
		"all garbage":  strings.Repeat("{\"ok\":maybe}\n", 4),
		"not replies":  strings.Repeat("{\"topic\":\"t0\"}\n", 4),
	} {
		start(t, Config{Topics: topics}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
			p := b.accept()
			for _, topic := range topics {
				p.expect(`{"op":"sub","topic":"` + topic + `"}`)
			}
			p.send(replies)
			synctest.Wait()
			time.Sleep(10 * time.Second)
			got := rec.take()
			if !strings.Contains(got, "down after ") {
				t.Errorf("%s: the connection stayed:\n%s", name, got)
			}
			if strings.Contains(got, "up with") && name != "one too many" {
				t.Errorf("%s: it counted as up:\n%s", name, got)
			}
		})
	}
	// A refusal that comes out of turn is asked for again, one at a time.
	start(t, Config{Topics: topics}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.accept()
		for _, topic := range topics {
			p.expect(`{"op":"sub","topic":"` + topic + `"}`)
		}
		p.send(badLine + okLine + okLine + okLine) // of t3, in truth
		for i, topic := range topics {
			p.expect(`{"op":"sub","topic":"` + topic + `"}`)
			p.send([]string{okLine, okLine, okLine, badLine}[i])
		}
		if got := rec.take(); !strings.Contains(got, "sub \"t3\": rejected (auto)\nup with 3 topics") {
			t.Errorf("events:\n%s", got)
		}
	})
}
