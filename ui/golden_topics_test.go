package ui

import (
	"fmt"
	"testing"
	"time"

	"joltui/jolt"
	"joltui/ui/layout"
)

// ledgerScenes are screens of topics, subscriptions and the log.
func ledgerScenes() map[string]func(t *testing.T, w, h int) *screen {
	return map[string]func(t *testing.T, w, h int) *screen{
		"table": func(t *testing.T, w, h int) *screen {
			s := watchOrders(t, w, h, Options{})
			s.press("f", "o")
			return s
		},
		"tree": func(t *testing.T, w, h int) *screen {
			s := watchOrders(t, w, h, Options{})
			s.press("s", `text:orders.us, "orders.eu.late ones"`, "enter")
			s.events(orders(s.now, 900, 10)...)
			s.press("z", "g", "j", "j", "j")
			return s
		},
		"completing": func(t *testing.T, w, h int) *screen {
			s := watchOrders(t, w, h, Options{Groups: &groupsInMemory{groups: map[string][]string{"night": {"audit"}}}})
			s.run(s.model.subscribing.loadGroups())
			s.press("s", "text:orders.eu, +n", "tab")
			return s
		},
		"bad list": func(t *testing.T, w, h int) *screen {
			s := watchOrders(t, w, h, Options{})
			s.press("s", "text:orders.us +nigth")
			return s
		},
		"saving a group": func(t *testing.T, w, h int) *screen {
			s := watchOrders(t, w, h, Options{Groups: &groupsInMemory{groups: map[string][]string{}}})
			s.press("S", "text:prod")
			return s
		},
		"loop-back": looped,
		"log filtered": func(t *testing.T, w, h int) *screen {
			s := looped(t, w, h)
			s.press("shift+tab", "o", "o", "o", "o")
			return s
		},
		"details": func(t *testing.T, w, h int) *screen {
			s := looped(t, w, h)
			s.press("shift+tab", "k", "k", "enter")
			return s
		},
	}
}

// looped has published messages, which came back, or were refused.
func looped(t *testing.T, w, h int) *screen {
	s := watchOrders(t, w, h, Options{})
	s.press("G")
	for i := range 3 {
		s.press("p", fmt.Sprintf(`text:{"id":%d,"status":"new"}`, i), "enter", "esc")
		r := s.client.last(t)
		sent := s.now
		s.now = s.now.Add(time.Millisecond)
		if i == 2 {
			s.events(reject(r, "rate_limited: 2 messages a second, and no more"))
			break
		}
		s.events(
			&jolt.Reply{At: sent.Add(310 * time.Microsecond), Sent: sent, Request: r, Outcome: jolt.Acknowledged},
			&jolt.Message{At: sent.Add(450 * time.Microsecond), Topic: r.Topic, Data: r.Data},
		)
	}
	return s
}

func TestGoldenLedger(t *testing.T) {
	for name, scene := range ledgerScenes() {
		for _, size := range []struct{ w, h int }{{80, 24}, {160, 50}} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size.w, size.h), func(t *testing.T) {
				scene(t, size.w, size.h).golden()
			})
		}
	}
}

func TestBackClearsTheFilterOfTheLog(t *testing.T) {
	s := looped(t, 120, 40)
	s.press("shift+tab", "o", "o", "o", "o")
	s.contains("rejected 3 hidden")
	s.press("esc")
	s.lacks("hidden")
	if s.model.focus != layout.RegionLog {
		t.Error("the focus went at the same time")
	}
}
