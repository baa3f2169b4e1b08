package ui

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/muesli/termenv"

	"joltui/internal/feed"
	"joltui/ui/loop"
)

// A filter over a long history, or with a slow expression, does not block the dashboard: the
// search goes on by itself, in slices between which keys are handled, and says how far it
// is.
func TestSearchGoesOnByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const n = 100_000
		clock := noon()
		m := New(Options{
			Width: 120, Height: 40, Renderer: renderer(termenv.Ascii, true),
			Limits: feed.Limits{TopicMessages: n, AllMessages: n, TopicBytes: 1 << 30, AllBytes: 1 << 30},
			// Every look at the clock takes a microsecond, and so does an entry.
			Now: func() time.Time { clock = clock.Add(time.Microsecond); return clock },
		})
		m.Update(loop.Batch{Events: orders(noon(), 0, n)})
		m.View()
		m.setFilter("id")
		slices, longest, before := 0, time.Duration(0), clock
		_, cmd := m.Update(keyMsg(t, "t"))
		for view := m.View(); cmd != nil; view = m.View() {
			longest = max(longest, clock.Sub(before))
			if slices == 0 && !strings.Contains(view, ", searching…") {
				t.Errorf("it does not say that it is searching:\n%s", view)
			}
			msg := cmd()
			if _, ok := msg.(searchMsg); !ok {
				t.Fatalf("the search goes on with %T", msg)
			}
			slices, before = slices+1, clock
			_, cmd = m.Update(msg)
		}
		if view := m.View(); !strings.Contains(view, "100,000 hits of 100,000") || slices < 5 || longest > loop.FrameTime {
			t.Errorf("after %d slices, the longest of %s:\n%s", slices, longest, view)
		}
	})
}

// There is one searchMsg at a time, whatever happens meanwhile.
func TestSearchIsAskedForOnce(t *testing.T) {
	clock := noon()
	m := New(Options{Now: func() time.Time { clock = clock.Add(time.Millisecond); return clock }})
	m.Update(loop.Batch{Events: orders(noon(), 0, 1000)})
	m.setFilter("id")
	if _, cmd := m.Update(keyMsg(t, "t")); cmd == nil {
		t.Error("the search does not go on")
	}
	if _, cmd := m.Update(keyMsg(t, "t")); cmd != nil {
		t.Error("the search goes on twice")
	}
	if _, cmd := m.Update(searchMsg{}); cmd == nil {
		t.Error("the search has ended")
	}
}
