package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/jolt"
	"joltui/ui/layout"
	"joltui/ui/loop"
	"joltui/ui/views/intent"
)

// alerting returns a dashboard with three watched fields, one of them beyond its threshold.
func alerting(t *testing.T, w, h int, o Options) *screen {
	s := watchOrders(t, w, h, o)
	s.press("G", "W", "a", "text:.am", "tab", "enter")
	s.press("t", "text:> 10", "enter")
	s.press("a", "text:.status in orders.*", "enter")
	s.press("a", `text:select(.status == "failed") | .amount in *`, "enter", "t", "text:absent for 1m", "enter")
	for i := range 20 {
		s.events(orders(s.now, 400+5*i, 5)...)
		s.pass(time.Second)
	}
	return s
}

func TestGoldenWatches(t *testing.T) {
	for name, keys := range map[string][]string{
		"page":      {"k", "k"},
		"words":     {"k"},
		"in log":    {"q"},
		"asking":    {"a", "text:amount"},
		"threshold": {"k", "k", "t", "text:0 for"},
	} {
		for _, size := range [][2]int{{80, 24}, {160, 50}} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size[0], size[1]), func(t *testing.T) {
				s := alerting(t, size[0], size[1], Options{})
				s.press(keys...)
				s.golden()
			})
		}
	}
}

func TestWatchIsAskedForWithTheSelectedTopic(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("W", "a")
	s.contains("watch in all topics:")
	s.press("esc", "q", "G", "W", "a")
	s.contains("watch in orders.eu:")
	s.press("text:amount")
	s.contains("✗ a path begins with a dot: .amount")
	s.press("enter")
	s.contains("watch in orders.eu:") // it is still asked
	s.press("esc")
	s.contains("No field is watched.")
}

func TestWatchFromTheInspector(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("G", "enter", "enter")
	inspector := func(in intent.Watch) {
		s.run(s.model.do(in))
		s.model.arrange()
	}
	inspector(intent.Watch{Topic: "orders.eu", Path: ".amount"})
	s.contains("Watched fields", ".amount in orders.eu")
	s.press("q")
	s.contains("pretty") // back in the inspector
	inspector(intent.Watch{Path: ".id"})
	s.contains(".id in all topics")
	inspector(intent.Watch{Path: ".["})
	s.contains("cannot watch .[ in *: the expression is not complete")
}

func TestAnAlertIsSaidAndTheBellRungOnce(t *testing.T) {
	rung := 0
	s := watchOrders(t, 120, 40, Options{Bell: func() { rung++ }})
	s.press("G", "W", "a", "text:.amount", "enter", "t", "text:> 1000", "enter")
	say := func(amount int) {
		s.events(&jolt.Message{At: s.now, Topic: "orders.eu", Data: fmt.Sprintf(`{"amount":%d}`, amount)})
		s.pass(time.Second)
	}
	say(1)
	s.lacks("1 alert ")
	if rung != 0 {
		t.Errorf("rung %d times for nothing", rung)
	}
	for range 10 {
		say(2000)
		say(2)
	}
	s.contains("▲ 1 alert ")
	if rung != 1 {
		t.Errorf("rung %d times for one alert", rung)
	}
	s.pass(6 * time.Second)
	s.lacks("1 alert ")
	s.press("q")
	s.contains("▲ alert .amount in orders.eu > 1000: 2000", "▽ over  .amount in orders.eu > 1000 lasted")
}

func TestAbsenceIsNoticedWithoutMessages(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("G", "W", "a", "text:.amount", "enter", "t", "text:absent for 30s", "enter")
	s.pass(31 * time.Second)
	s.contains("▲ 1 alert ")
	s.events(orders(s.now, 1, 1)...)
	s.lacks("1 alert ")
}

// TestWatchesTakeAShareOfTheTime: under a flood, in which batch follows batch, the watches
// take a fifth of the time, and the page says how much they skip.
func TestWatchesTakeAShareOfTheTime(t *testing.T) {
	now := noon()
	m := New(Options{Now: func() time.Time { return now }, Width: 120, Height: 40})
	w, err := m.feed.Watch(feed.Field{Path: ".amount"})
	if err != nil {
		t.Fatal(err)
	}
	m.do(m.table.Named("watches").Run(m.feed))
	batch := loop.Batch{Events: orders(now, 0, 1000)}
	const cost = 50 * time.Microsecond // of each evaluation
	m.options.Now = func() time.Time { now = now.Add(cost); return now }
	for range 20 {
		m.Update(batch)
	}
	s := w.Stats()
	if s.Evaluated == 0 || s.Skipped == 0 || s.Evaluated+s.Skipped != 20_000 {
		t.Errorf("evaluated %d, skipped %d", s.Evaluated, s.Skipped)
	}
	if view := m.View(); !strings.Contains(view, "sampled ") || !strings.Contains(view, "skipped "+human.Count(s.Skipped)) {
		t.Errorf("the screen does not say so:\n%s", view)
	}
}

// TestBarsFilter: enter on a bar shows the messages that have its word, ! the others.
func TestBarsFilter(t *testing.T) {
	for key, want := range map[string]string{"enter": `jq .status == "shipped"`, "!": `jq .status != "shipped"`} {
		s := watchOrders(t, 120, 40, Options{})
		s.press("W", "a", "text:.status in orders.eu", "enter")
		s.press("enter", "j", "j", "j")
		s.contains(`▸"shipped"`)
		for range 5 {
			s.events(orders(s.now, 403, 1)...) // the bar comes first now
		}
		s.contains(`▸"shipped"`)
		s.press(key)
		if got := s.model.filter.String(); got != want || s.model.top() != nil || s.model.focus != layout.RegionStream || s.model.currentTopic() != "orders.eu" {
			t.Errorf("%s filters %q on %q, focus %d", key, got, s.model.currentTopic(), s.model.focus)
		}
		s.contains("filter " + want)
	}
}

// TestBarsOfAnExpressionFilter by what is anywhere in an array.
func TestBarsOfAnExpressionFilter(t *testing.T) {
	for key, want := range map[string]string{"enter": `jq any(.tags[]; . == "a")`, "!": `jq all(.tags[]; . != "a")`} {
		s := watchOrders(t, 120, 40, Options{})
		s.press("W", "a", "text:.tags[] in *", "enter")
		s.events(&jolt.Message{At: s.now, Topic: "audit", Data: `{"tags":["a","b","a"]}`})
		s.press("enter", key)
		if got := s.model.filter.String(); got != want {
			t.Errorf("%s filters %q", key, got)
		}
	}
}
