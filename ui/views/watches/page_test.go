package watches

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/jolt"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

func newWatchPage(s *kit.Styles, w, h int) *Page {
	p := New(s, Actions(), kittest.MoveKeys())
	p.SetSize(w, h)
	return p
}

// shop returns a feed with five minutes of orders and metrics, and watches on them.
func shop(t *testing.T) (*feed.Feed, time.Time) {
	f := feed.New(feed.Limits{})
	now := kittest.Start()
	f.Tick(now)
	for _, topic := range []string{"orders.eu", "orders.us", "metrics.web-1"} {
		f.Want(topic, now)
	}
	kittest.Watch(t, f, ".amount in orders.eu", "")
	kittest.Watch(t, f, ".status in orders.*", `== "failed"`)
	kittest.Watch(t, f, ".p99_ms in metrics.web-1", "> 40")
	kittest.Watch(t, f, ".customer.vip in orders.*", "")
	kittest.Watch(t, f, ". in metrics.web-1", "absent for 1m")
	kittest.Watch(t, f, `select(.status == "failed") | .amount`, "")
	for second := range 290 {
		now = now.Add(time.Second)
		f.Tick(now)
		i := float64(second)
		f.Apply([]jolt.Event{
			kittest.Message(now, "orders.eu", fmt.Sprintf(`{"amount":%.2f,"status":%q}`, 50+40*math.Sin(i/15), kittest.Status(second))),
			kittest.Message(now, "orders.us", `{"amount":1e12,"status":"new"}`),
			kittest.Message(now, "metrics.web-1", fmt.Sprintf(`{"p99_ms":%.1f}`, 10+i/9+5*math.Cos(i/3))),
		})
	}
	f.Apply([]jolt.Event{kittest.Message(now, "orders.us", "no JSON")})
	f.Dropped("orders.us", 1204, 99_000)
	return f, now.Add(1500 * time.Millisecond)
}

func TestWatchView(t *testing.T) {
	f, now := shop(t)
	for _, size := range [][2]int{{40, 10}, {80, 22}, {160, 48}} {
		for i, name := range []string{"numbers", "words", "alert", "missing", "objects"} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size[0], size[1]), func(t *testing.T) {
				p := newWatchPage(&kit.Styles{}, size[0], size[1])
				for range i {
					p.Update(kittest.Press("j"), f)
				}
				kittest.RequireGolden(t, p.View(f, now))
			})
		}
	}
	t.Run("chart alone", func(t *testing.T) {
		p := newWatchPage(&kit.Styles{}, 80, 22)
		p.Update(kittest.Press("enter"), f)
		kittest.RequireGolden(t, p.View(f, now))
	})
	t.Run("nothing", func(t *testing.T) {
		kittest.RequireGolden(t, newWatchPage(&kit.Styles{}, 80, 22).View(feed.New(feed.Limits{}), now))
	})
}

func TestWatchKeys(t *testing.T) {
	f, now := shop(t)
	p := newWatchPage(&kit.Styles{}, 80, 22)
	all := f.Watches().All()
	for _, tc := range []struct {
		key  string
		want kit.Intent
	}{
		{"a", Add{}},
		{"j", nil},
		{"x", Unwatch{all[1]}},
		{"c", StartOver{all[1]}},
		{"y", intent.Copy{What: "the last value of .status in orders.*", Text: `"new"`}},
		{"G", nil},
		{"x", Unwatch{all[5]}},
		{"j", nil},
		{"k", nil},
		{"x", Unwatch{all[4]}},
		{"enter", nil},
		{"esc", nil}, // the chart alone ends first
		{"esc", kit.Leave{}},
	} {
		if got := p.Update(kittest.Press(tc.key), f); got != tc.want {
			t.Errorf("%s gives %#v, want %#v", tc.key, got, tc.want)
		}
		p.View(f, now)
	}
	for range all {
		f.Unwatch(p.Selected(f))
		p.View(f, now)
	}
	for _, k := range []string{"x", "t", "c", "y", "enter"} {
		if got, ok := p.Update(kittest.Press(k), f).(kit.Say); !ok || !strings.Contains(got.Text, "nothing is watched yet") {
			t.Errorf("without watches %s gives %#v", k, got)
		}
	}
	for _, k := range []string{"j", "G"} {
		if got := p.Update(kittest.Press(k), f); got != nil {
			t.Errorf("without watches %s gives %#v", k, got)
		}
	}
}

// TestWatchPageScrolls: the selected row is on screen, however many there
// are.
func TestWatchPageScrolls(t *testing.T) {
	f := feed.New(feed.Limits{})
	for i := range feed.MaxWatches {
		kittest.Watch(t, f, fmt.Sprintf(".field%02d", i), "")
	}
	p := newWatchPage(&kit.Styles{}, 80, 22)
	p.View(f, kittest.Start())
	p.Update(kittest.Press("G"), f)
	if shown := kittest.Text(p.View(f, kittest.Start())); !strings.Contains(shown, "▸  .field63") || strings.Contains(shown, ".field40") {
		t.Errorf("G shows\n%s", shown)
	}
}

func TestWatchRowsAreAsWideAsAsked(t *testing.T) {
	f := kittest.Hostile()
	kittest.Watch(t, f, `.`, "> 1")
	kittest.Watch(t, f, `"世\u202e" + .`, `== "世"`)
	f.Tick(kittest.Start().Add(time.Minute))
	at := kittest.Start()
	for _, values := range [][]string{
		{"1", "1e308", "-1e308", "5e-324"},
		{`"世界\u001b[2J"`, `"` + strings.Repeat("🇩🇪", 99) + `"`, "true", `""`, `"x"`, "{}"},
	} {
		for _, data := range values {
			at = at.Add(time.Hour)
			f.Apply([]jolt.Event{kittest.Message(at, "世界\x1b[2J", data)})
		}
		for _, s := range []*kit.Styles{{}, kittest.Coloured()} {
			p := newWatchPage(s, 0, 0)
			for w := range 121 {
				for _, h := range []int{w % 9, 24} {
					p.SetSize(w, h)
					for range 2 {
						kittest.RequireSize(t, p.View(f, at.Add(time.Minute)), w, h)
						p.Update(kittest.Press("enter"), f)
						kittest.RequireSize(t, p.View(f, at), w, h)
						p.Update(kittest.Press("j"), f)
					}
				}
			}
		}
	}
}

func TestLastMinute(t *testing.T) {
	f := feed.New(feed.Limits{})
	w, words := kittest.Watch(t, f, ".a", ""), kittest.Watch(t, f, ".b", "")
	for _, second := range []int{-1, 0, 1, 30, 31, 59} {
		at := kittest.Start().Truncate(time.Second).Add(time.Duration(second) * time.Second)
		f.Apply([]jolt.Event{kittest.Message(at, "t", fmt.Sprintf(`{"a":%d,"b":"x"}`, second))})
	}
	now := kittest.Start().Truncate(time.Second).Add(59500 * time.Millisecond)
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
		if got := kit.Sparkline(lastMinute(tc.w, now, tc.cells), tc.cells); got != tc.want {
			t.Errorf("%v in %d cells: %q, want %q", tc.w.Field(), tc.cells, got, tc.want)
		}
	}
	if got := kit.Sparkline(lastMinute(w, now.Add(time.Hour), 10), 10); strings.TrimSpace(got) != "" {
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
	q := Question("t", []string{".a", ".b.c", ".b.d"}, func(f feed.Field) kit.Intent { return kittest.Accepted(f.String()) })
	if got := fmt.Sprint(q.Suggest(".b")); got != "[.b.c .b.d]" {
		t.Errorf(".b is completed to %s", got)
	}
	if got := q.Accept(".a in u"); got != kittest.Accepted(".a in u") {
		t.Errorf("accepted %#v", got)
	}
	if q.Check(".a") != nil || q.Check("a") == nil {
		t.Error("the check is wrong")
	}
	f := feed.New(feed.Limits{})
	w := kittest.Watch(t, f, ".a", "> 5")
	p := newWatchPage(&kit.Styles{}, 80, 22)
	q = kittest.Asked(t, p.Update(kittest.Press("t"), f))
	if q.Text != "> 5" || q.Check("5") == nil || q.Check("") != nil {
		t.Errorf("the question is %+v", q)
	}
	if got, ok := q.Accept("< 7").(SetThreshold); !ok || got.Watch != w || got.Threshold.String() != "< 7" {
		t.Errorf("accepted %#v", got)
	}
}
