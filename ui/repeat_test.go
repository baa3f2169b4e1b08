package ui

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/jolt"
	"joltui/ui/layout"
)

// outcomes answers started requests: the n-th, from 1, as told says, all others with ok.
func outcomes(told map[int]jolt.Outcome) func(jolt.Request) *jolt.Reply {
	n := 0
	return func(r jolt.Request) *jolt.Reply {
		n++
		reply := ack(r, time.Millisecond).(*jolt.Reply)
		switch told[n] {
		case jolt.Rejected:
			reply = reject(r, "forbidden: no").(*jolt.Reply)
		case jolt.Unknown:
			reply.Outcome, reply.Err = jolt.Unknown, jolt.ErrUnknownOutcome
		}
		return reply
	}
}

// repeats publishes {{.Count}} as planned, and sends the outcomes.
func repeats(t *testing.T, plan string, o Options, answer func(jolt.Request) *jolt.Reply) *screen {
	s := watchOrders(t, 120, 40, o)
	s.client.answer = answer
	s.press("G", "p", "ctrl+t", "text:{{.Count}}", "ctrl+x", "text:"+plan, "enter")
	s.events(s.client.events...)
	return s
}

func TestRepeatPublishesEachMessageOnce(t *testing.T) {
	s := repeats(t, "25", Options{}, outcomes(nil))
	if len(s.client.requests) != 25 {
		t.Fatalf("%d requests", len(s.client.requests))
	}
	for i, r := range s.client.requests {
		if r.Op != jolt.OpPublish || r.Topic != "orders.eu" || r.Data != fmt.Sprint(i+1) {
			t.Fatalf("request %d is %+v", i+1, r)
		}
	}
	s.contains("25 of 25  ■ done  ✓ 25 ok", "pub × orders.eu  25  25 of 25  ■ done")
	if n := s.model.feed.Log().Totals().Of(jolt.OpPublish, jolt.Acknowledged); n != 25 {
		t.Errorf("the ledger has %d", n)
	}
	if s.model.focus == layout.RegionPublish || s.model.publishing.repetition != nil {
		t.Error("the focus is not given back, or it runs on")
	}
	s.press("p", "tab") // the draft is still there, and so is what was asked
	s.contains("> {{.Count}}")
	if n := strings.Count(s.model.View(), "25 of 25"); n != 1 {
		t.Errorf("after a key the end is told %d times, want once in the log", n)
	}
	s.press("ctrl+x")
	s.contains("repeat 25▏")
}

func TestRepeatStops(t *testing.T) {
	for _, tc := range []struct {
		plan  string
		told  map[int]jolt.Outcome
		asked int
		says  string
	}{
		{"25", map[int]jolt.Outcome{3: jolt.Rejected}, 3, "3 of 25  ■ stopped at a rejection  ✗ 1 rejected  ✓ 2 ok"},
		{"25, keep going", map[int]jolt.Outcome{3: jolt.Rejected, 5: jolt.Rejected}, 25, "25 of 25  ■ done  ✗ 2 rejected  ✓ 23 ok"},
		{"25 keep going", map[int]jolt.Outcome{3: jolt.Unknown}, 3, "3 of 25  ■ stopped: the connection was lost  ? 1 unknown  ✓ 2 ok"},
	} {
		s := repeats(t, tc.plan, Options{}, outcomes(tc.told))
		if len(s.client.requests) != tc.asked {
			t.Errorf("%s: %d requests, want %d", tc.plan, len(s.client.requests), tc.asked)
		}
		s.contains(tc.says)
	}
}

func TestRepeatWithoutAConnection(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.client.err = fmt.Errorf("pub %q not sent: %w", "orders.eu", jolt.ErrNotConnected)
	s.client.answer = func(r jolt.Request) *jolt.Reply {
		return &jolt.Reply{At: noon(), Request: r, Outcome: jolt.NotSent, Err: s.client.err}
	}
	s.press("G", "p", "text:x", "ctrl+x", "text:every 1ms", "enter")
	s.events(s.client.events...)
	s.contains("1  ■ stopped: the connection was lost  ⊘ 1 not sent")
	if len(s.client.requests) != 1 {
		t.Errorf("%d requests", len(s.client.requests))
	}
}

func TestRepeatTellsWhatATemplateCannotMake(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.client.answer = outcomes(nil)
	s.press("G", "p", "ctrl+t", "text:{{if gt .Count 2}}{{.Random 2 1}}{{end}}", "ctrl+x", "text:5", "enter")
	s.events(s.client.events...)
	s.contains("2 of 5  ■ line 1: Random: nothing is from 2 to 1  ✓ 2 ok")
}

// A repetition without an end is stopped by each of these keys, in the publish box and
// outside of it, and keeps its pace until then.
func TestRepeatIsStopped(t *testing.T) {
	for _, keys := range [][]string{{"ctrl+x"}, {"esc"}, {"p", "ctrl+x"}, {"p", "esc", "esc"}, {"tab", "esc"}} {
		synctest.Test(t, func(t *testing.T) {
			s := watchOrders(t, 120, 40, Options{})
			s.client.answer = outcomes(nil)
			s.press("G", "p", "text:x", "ctrl+x", "text:every 10ms")
			_, cmd := s.model.Update(keyMsg(t, "enter"))
			ended := make(chan tea.Msg)
			go func() { ended <- cmd() }()
			time.Sleep(time.Second + time.Millisecond)
			s.press(keys...)
			s.send(<-ended)
			s.events(s.client.events...)
			if n := len(s.client.requests); n != 101 {
				t.Errorf("%v: %d messages in a second of 10 ms each", keys, n)
			}
			s.contains("101  ■ stopped  ✓ 101 ok")
		})
	}
}

// At most two messages are without an outcome, however late their replies are.
func TestRepeatWaitsForOutcomes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := watchOrders(t, 120, 40, Options{})
		var waiting atomic.Int64
		most := int64(0)
		s.client.late = func(r jolt.Request, done func(*jolt.Reply)) {
			most = max(most, waiting.Add(1))
			time.AfterFunc(time.Second, func() {
				waiting.Add(-1)
				done(ack(r, time.Second).(*jolt.Reply))
			})
		}
		s.press("G", "p", "text:x", "ctrl+x", "text:10", "enter")
		if most != repeatsInFlight || len(s.client.requests) != 10 {
			t.Errorf("%d of %d messages were without an outcome at once", most, len(s.client.requests))
		}
	})
}

func TestNothingToStop(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("ctrl+x")
	s.contains("· ctrl+x: stop repeating ─ nothing is being repeated: p, a message, and then ctrl+x repeats it")
	s.press("p", "text:t", "ctrl+u", "ctrl+x")
	s.contains("type a topic first")
	watcher := &screen{t: t, model: New(Options{Now: noon, Width: 120, Height: 40}), now: noon()}
	watcher.press("p", "text:a", "tab", "text:hello", "ctrl+x", "text:10", "enter")
	watcher.contains("nothing is repeated: this dashboard only watches")
}

func TestRejectionsDoNotFloodTheLog(t *testing.T) {
	told := make(map[int]jolt.Outcome)
	for i := range 1000 {
		told[i] = jolt.Rejected
	}
	s := repeats(t, "999 keep going", Options{}, outcomes(told))
	if n := strings.Count(s.model.View(), "✗ forbidden: no"); n > 10 || s.model.feed.Log().Next() > 12 {
		t.Errorf("%d rows, %d on screen", s.model.feed.Log().Next(), n)
	}
	s.contains("999 of 999  ■ done  ✗ 999 rejected")
}
