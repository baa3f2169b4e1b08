package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/internal/record"
	"joltui/jolt"
)

// flood sends n orders that no filter of these tests selects, in batches as they come.
func (s *screen) flood(from, n int) {
	for ; n > 0; from, n = from+1000, n-1000 {
		s.events(orders(s.now, 100_000+from, min(n, 1000))...)
	}
}

// small are limits that a short flood fills.
func small() feed.Limits { return feed.Limits{TopicMessages: 500, AllMessages: 500} }

// reply is the reply to r as it comes now.
func (s *screen) reply(r jolt.Request) {
	s.events(&jolt.Reply{At: s.now, Sent: s.now.Add(-time.Millisecond), Request: r, Outcome: jolt.Acknowledged})
}

// TestGoldenKept: what a filter has found, and what is marked, after a flood of what does not
// match; a frozen stream with hits that came since; the hole of a topic that was not
// subscribed, and a comparison across it.
func TestGoldenKept(t *testing.T) {
	for name, scene := range map[string]func(*screen){
		"hits": func(s *screen) {
			s.press("/", `text:"id":50`, "enter")
			s.flood(0, 3000)
			s.events(orders(s.now, 400, 2)...)
		},
		"one of the hits": func(s *screen) {
			s.press("/", `text:"id":50`, "enter", "N", "N", "N")
			s.flood(0, 3000)
			s.events(orders(s.now, 300, 2)...)
		},
		"among others": func(s *screen) {
			s.press("/", "tab", `text:.id == 5003 or .id == 107710`, "enter", "x")
			s.flood(0, 3000)
		},
		"with context": func(s *screen) {
			s.press("/", `text:"id":(500|107671)`, "enter", "c")
			s.flood(0, 3000)
		},
		"marks": func(s *screen) {
			s.press("k", "k", "b", "G")
			s.flood(0, 3000)
			s.press("'")
		},
		"nothing matches": func(s *screen) {
			s.press("k", "/", `text:no such thing`, "enter")
			s.flood(0, 230)
		},
		"hits among the newer": func(s *screen) {
			s.press("k", "/", `text:"id":1047[12]`, "enter")
			s.flood(0, 230)
		},
		"not subscribed": func(s *screen) {
			s.unsubscribedFor(4 * time.Second)
			s.events(orders(s.now, 5000, 3)...)
			s.press("g", "G")
		},
		"diff across it": func(s *screen) {
			s.unsubscribedFor(4 * time.Second)
			s.events(orders(s.now, 5000, 1)...)
			s.press("G", "d")
		},
		"diff with what is held": func(s *screen) {
			s.press("/", `text:"id":50(10|99)`, "enter")
			s.flood(0, 3000)
			s.press("d")
		},
	} {
		for _, size := range []struct{ w, h int }{{80, 24}, {160, 50}} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size.w, size.h), func(t *testing.T) {
				s := watchOrders(t, size.w, size.h, Options{Limits: small()})
				s.press("G", "tab", "G")
				scene(s)
				s.golden()
			})
		}
	}
}

// unsubscribedFor unsubscribes orders.eu, and subscribes it again after d.
func (s *screen) unsubscribedFor(d time.Duration) {
	s.reply(jolt.Request{Op: jolt.OpUnsubscribe, Topic: "orders.eu"})
	s.pass(d)
	s.reply(jolt.Request{Op: jolt.OpSubscribe, Topic: "orders.eu"})
	s.pass(time.Second)
}

// What a filter has found is kept for all topics, each topic and each tile, whichever of them
// was on screen while it came.
func TestHitsAreKeptForEveryStream(t *testing.T) {
	s := watchOrders(t, 160, 50, Options{Limits: small()})
	s.press("g", "tab", "/", "text:NEEDLE", "enter") // all topics
	s.events(chat(s.now, "NEEDLE 1"), &jolt.Message{At: s.now, Topic: "orders.eu", Data: "NEEDLE 2"})
	s.flood(0, 2000)
	s.contains("NEEDLE 1", "NEEDLE 2", "2 hits since", "2 kept")
	s.press("shift+tab", "G") // orders.eu
	s.contains("NEEDLE 2", "1 hit since", "1 kept")
	s.lacks("NEEDLE 1")
	s.press("v", "k", "v") // beside chat.room
	s.flood(2000, 2000)
	s.contains("NEEDLE 1", "NEEDLE 2")
}

// A filter that is being typed costs nothing of what the one before has found: esc brings it
// back, and a narrower one takes over what it matches.
func TestTypingAFilterLosesNothing(t *testing.T) {
	s := watchOrders(t, 160, 50, Options{Limits: small()})
	s.press("g", "tab", "/", "text:NEEDLE", "enter")
	s.events(chat(s.now, "NEEDLE 1"), chat(s.now, "NEEDLE 2"))
	s.flood(0, 2000)
	s.press("/", "text: 1")
	s.events(chat(s.now, "NEEDLE 3"))
	s.flood(2000, 2000)
	s.press("esc")
	s.contains("NEEDLE 1", "NEEDLE 2", "NEEDLE 3", "3 kept")
	s.press("/", "text: [13]", "enter")
	s.contains("NEEDLE 1", "NEEDLE 3", "2 kept")
	s.lacks("NEEDLE 2")
}

// While a stream is frozen, hits that come and make room for others are found all the same.
func TestHitsAreFoundWhileFrozen(t *testing.T) {
	s := watchOrders(t, 160, 50, Options{Limits: small()})
	s.press("G", "tab", "/", "text:failed", "enter", "k")
	s.events(&jolt.Message{At: s.now, Topic: "orders.eu", Data: "failed as well"})
	s.flood(2, 1)
	for range 3 {
		s.events(&jolt.Message{At: s.now, Topic: "orders.eu", Data: "paid"})
	}
	s.contains("frozen ▼ 5 new, 2 hits")
	s.press("n", "n")
	s.contains("searched 5 newer", "failed as well")
	s.press("G")
	s.lacks("frozen")
}

// Enter in the prompt gives the focus to the stream, with the cursor on the newest hit.
func TestAFilterGoesToTheNewestHit(t *testing.T) {
	for _, mode := range [][]string{{}, {"x"}} {
		s := watchOrders(t, 160, 50, Options{})
		s.press("G", "tab")
		s.press(mode...)
		s.press("shift+tab", "/", "tab", `text:"id":(4722|4790)`, "enter")
		if e := s.model.stream().Current(s.model.feed); e == nil || !strings.Contains(e.Data, `"id":4790`) {
			t.Errorf("the cursor is on %+v", e)
		}
		s.press("N", "b")
		s.contains("1 mark", "hit 1 of 2")
	}
	s := watchOrders(t, 160, 50, Options{})
	s.press("/", "tab", "text:no", "ctrl+u", "enter") // no filter: nowhere to go
	s.lacks("┏ all topics", "┏ orders.eu")
}

// A jump in a recording begins another feed: its messages have other numbers, so that marks
// would be on the wrong ones. They go, and the log says so; a filter goes on finding.
func TestRewindTakesMarksAway(t *testing.T) {
	s, p := playing(t, 160, 50)
	s.press("/", "tab", "text:failed", "enter", "b", "k", "b")
	p.status.At = noon().Add(10 * time.Second)
	s.send(record.Stretch{Reset: true, Scenes: []record.Scene{{At: p.status.At, Events: orders(p.status.At, 100, 8)}}})
	s.contains("2 marks removed", "filter /failed/")
	if marks := s.model.feed.Pins().Of(nil); len(marks) != 0 || s.model.feed.Finds().Len() != 2 {
		t.Errorf("%d marks, %d finds", len(marks), s.model.feed.Finds().Len())
	}
}
