package views

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/jolt"
)

func testWatchKeys() WatchKeys {
	return WatchKeys{
		Move: testMoveKeys(), Add: bind("a", "a"), Remove: bind("x", "x"), Threshold: bind("t", "t"),
		Chart: bind("enter", "enter"), StartOver: bind("c", "c"), Copy: bind("y", "y"), Leave: bind("esc", "esc", "q"),
	}
}

func newWatchPage(s *Styles, w, h int) *WatchPage {
	p := NewWatchPage(s, testWatchKeys())
	p.SetSize(w, h)
	return p
}

// shop is a feed with five minutes of orders and metrics, and watches on them.
func shop(t *testing.T) (*feed.Feed, time.Time) {
	f := feed.New(feed.Limits{})
	now := start()
	f.Tick(now)
	for _, topic := range []string{"orders.eu", "orders.us", "metrics.web-1"} {
		f.Want(topic, now)
	}
	watch(t, f, ".amount in orders.eu", "")
	watch(t, f, ".status in orders.*", `== "failed"`)
	watch(t, f, ".p99_ms in metrics.web-1", "> 40")
	watch(t, f, ".customer.vip in orders.*", "")
	watch(t, f, ". in metrics.web-1", "absent for 1m")
	watch(t, f, `select(.status == "failed") | .amount`, "")
	for second := range 290 {
		now = now.Add(time.Second)
		f.Tick(now)
		i := float64(second)
		f.Apply([]jolt.Event{
			message(now, "orders.eu", fmt.Sprintf(`{"amount":%.2f,"status":%q}`, 50+40*math.Sin(i/15), status(second))),
			message(now, "orders.us", `{"amount":1e12,"status":"new"}`),
			message(now, "metrics.web-1", fmt.Sprintf(`{"p99_ms":%.1f}`, 10+i/9+5*math.Cos(i/3))),
		})
	}
	f.Apply([]jolt.Event{message(now, "orders.us", "no JSON")})
	f.Dropped("orders.us", 1204, 99_000)
	return f, now.Add(1500 * time.Millisecond)
}

func TestWatchView(t *testing.T) {
	f, now := shop(t)
	for _, size := range [][2]int{{40, 10}, {80, 22}, {160, 48}} {
		for i, name := range []string{"numbers", "words", "alert", "missing", "objects"} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size[0], size[1]), func(t *testing.T) {
				p := newWatchPage(&Styles{}, size[0], size[1])
				for range i {
					p.Update(keyPress("j"), f)
				}
				requireGolden(t, p.View(f, now))
			})
		}
	}
	t.Run("chart alone", func(t *testing.T) {
		p := newWatchPage(&Styles{}, 80, 22)
		p.Update(keyPress("enter"), f)
		requireGolden(t, p.View(f, now))
	})
	t.Run("nothing", func(t *testing.T) {
		requireGolden(t, newWatchPage(&Styles{}, 80, 22).View(feed.New(feed.Limits{}), now))
	})
}

func TestWatchKeys(t *testing.T) {
	f, now := shop(t)
	p := newWatchPage(&Styles{}, 80, 22)
	all := f.Watches().All()
	for _, tc := range []struct {
		key  string
		want Intent
	}{
		{"a", AskWatch{}},
		{"j", nil},
		{"x", Unwatch{all[1]}},
		{"c", StartOver{all[1]}},
		{"y", Copy{What: "the last value of .status in orders.*", Text: `"new"`}},
		{"G", nil},
		{"x", Unwatch{all[5]}},
		{"j", nil},
		{"k", nil},
		{"x", Unwatch{all[4]}},
		{"enter", nil},
		{"esc", nil}, // the chart alone ends first
		{"esc", Leave{}},
	} {
		if got := p.Update(keyPress(tc.key), f); got != tc.want {
			t.Errorf("%s gives %#v, want %#v", tc.key, got, tc.want)
		}
		p.View(f, now)
	}
	for range all {
		f.Unwatch(p.Selected(f))
		p.View(f, now)
	}
	for _, k := range []string{"x", "t", "c", "y", "enter", "j", "G"} {
		if got := p.Update(keyPress(k), f); got != nil {
			t.Errorf("without watches %s gives %#v", k, got)
		}
	}
}

// TestWatchPageScrolls: the selected row is on screen, however many there
// are.
func TestWatchPageScrolls(t *testing.T) {
	f := feed.New(feed.Limits{})
	for i := range feed.MaxWatches {
		watch(t, f, fmt.Sprintf(".field%02d", i), "")
	}
	p := newWatchPage(&Styles{}, 80, 22)
	p.View(f, start())
	p.Update(keyPress("G"), f)
	if shown := text(p.View(f, start())); !strings.Contains(shown, "▸  .field63") || strings.Contains(shown, ".field40") {
		t.Errorf("G shows\n%s", shown)
	}
}

func TestWatchRowsAreAsWideAsAsked(t *testing.T) {
	f := hostile()
	watch(t, f, `.`, "> 1")
	watch(t, f, `"世\u202e" + .`, `== "世"`)
	f.Tick(start().Add(time.Minute))
	at := start()
	for _, values := range [][]string{
		{"1", "1e308", "-1e308", "5e-324"},
		{`"世界\u001b[2J"`, `"` + strings.Repeat("🇩🇪", 99) + `"`, "true", `""`, `"x"`, "{}"},
	} {
		for _, data := range values {
			at = at.Add(time.Hour)
			f.Apply([]jolt.Event{message(at, "世界\x1b[2J", data)})
		}
		for _, s := range []*Styles{{}, coloured()} {
			p := newWatchPage(s, 0, 0)
			for w := range 121 {
				for _, h := range []int{w % 9, 24} {
					p.SetSize(w, h)
					for range 2 {
						requireSize(t, p.View(f, at.Add(time.Minute)), w, h)
						p.Update(keyPress("enter"), f)
						requireSize(t, p.View(f, at), w, h)
						p.Update(keyPress("j"), f)
					}
				}
			}
		}
	}
}

func TestLastMinute(t *testing.T) {
	f := feed.New(feed.Limits{})
	w, words := watch(t, f, ".a", ""), watch(t, f, ".b", "")
	for _, second := range []int{-1, 0, 1, 30, 31, 59} {
		at := start().Truncate(time.Second).Add(time.Duration(second) * time.Second)
		f.Apply([]jolt.Event{message(at, "t", fmt.Sprintf(`{"a":%d,"b":"x"}`, second))})
	}
	now := start().Truncate(time.Second).Add(59500 * time.Millisecond)
	for _, tc := range []struct {
		w     *feed.Watch
		cells int
		want  string
	}{
		{w, 2, "▁█"}, // 0.5 and 40
		{w, 6, "▁  ▅ █"},
		{words, 6, "█  █ ▄"},
		{w, 80, strings.Repeat(" ", 20) + "▁▁" + strings.Repeat(" ", 28) + "▅▅" + strings.Repeat(" ", 27) + "█"},
	} {
		if got := Sparkline(lastMinute(tc.w, now, tc.cells), tc.cells); got != tc.want {
			t.Errorf("%v in %d cells: %q, want %q", tc.w.Field(), tc.cells, got, tc.want)
		}
	}
	if got := Sparkline(lastMinute(w, now.Add(time.Hour), 10), 10); strings.TrimSpace(got) != "" {
		t.Errorf("an hour later: %q", got)
	}
}

func TestPercent(t *testing.T) {
	for share, want := range map[float64]string{
		0: "0 %", 1e-6: "<0.01 %", 0.0042: "0.42 %", 0.124: "12 %", 0.9999: "99 %", 1: "100 %",
	} {
		if got := human.Percent(share); got != want {
			t.Errorf("%v is %s, want %s", share, got, want)
		}
	}
}

func TestShares(t *testing.T) {
	words := []feed.WordCount{{Text: `"paid"`, Count: 6}, {Text: `"failed"`, Count: 3}, {Text: "true", Count: 1}}
	for width, want := range map[int]string{
		40: `"paid" 60 %  "failed" 30 %  true 10 %`, 30: `"paid" 60 %  "failed" 30 %`, 12: `"paid" 60 %`,
	} {
		if got := shares(words, 10, width); got != want {
			t.Errorf("in %d cells: %s, want %s", width, got, want)
		}
	}
}

func TestWatchQuestions(t *testing.T) {
	q := WatchQuestion("t", []string{".a", ".b.c", ".b.d"}, func(f feed.Field) Intent { return accepted(f.String()) })
	if got := fmt.Sprint(q.Suggest(".b")); got != "[.b.c .b.d]" {
		t.Errorf(".b is completed to %s", got)
	}
	if got := q.Accept(".a in u"); got != accepted(".a in u") {
		t.Errorf("accepted %#v", got)
	}
	if q.Check(".a") != nil || q.Check("a") == nil {
		t.Error("the check is wrong")
	}
	f := feed.New(feed.Limits{})
	w := watch(t, f, ".a", "> 5")
	p := newWatchPage(&Styles{}, 80, 22)
	q = asked(t, p.Update(keyPress("t"), f))
	if q.Text != "> 5" || q.Check("5") == nil || q.Check("") != nil {
		t.Errorf("the question is %+v", q)
	}
	if got, ok := q.Accept("< 7").(SetThreshold); !ok || got.Watch != w || got.Threshold.String() != "< 7" {
		t.Errorf("accepted %#v", got)
	}
}
