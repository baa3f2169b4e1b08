package stream

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views/columns"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

func newStream(topic string, w, h int) *Pane {
	v := New(&kit.Styles{}, Actions(), kittest.MoveKeys())
	v.SetHintKeys(kittest.HintKeys())
	v.SetTopic(topic)
	v.SetSize(w, h)
	v.SetFocus(true)
	return v
}

// incident returns a feed with an outage, a payload that was cut and one that is too long for
// a row.
func incident() *feed.Feed {
	f := feed.New(feed.Limits{Body: 60})
	f.Tick(kittest.Start())
	f.Want("orders.eu", kittest.Start())
	f.Apply([]jolt.Event{kittest.Reply(jolt.OpSubscribe, "orders.eu", jolt.Acknowledged, nil)})
	kittest.Orders(f, "orders.eu", 0, 4)
	back := kittest.Start().Add(3 * time.Second)
	f.Apply([]jolt.Event{
		&jolt.Gap{From: kittest.Start().Add(900 * time.Millisecond), To: back},
		kittest.Message(back, "orders.eu", "tab\there, bell\a, e\u0301 and 世界"),
		kittest.Message(back.Add(time.Millisecond), "chat.room", strings.Repeat("0123456789", 200)),
	})
	f.Tick(back)
	return f
}

func TestStreamView(t *testing.T) {
	for _, w := range []int{44, 90} {
		for name, options := range map[string]Options{
			"cut": {}, "wrap": {Wrap: true}, "relative": {Times: TimeRelative},
			"delta": {Times: TimeDelta}, "no-time": {Times: TimeNone},
		} {
			for _, topic := range []string{"", "orders.eu"} {
				t.Run(fmt.Sprint(w, " ", name, " ", topic), func(t *testing.T) {
					f, v := incident(), newStream(topic, w, 12)
					v.SetOptions(options)
					kittest.RequireGolden(t, v.View(f, kittest.Start().Add(5*time.Second)))
				})
			}
		}
		t.Run(fmt.Sprint(w, " filter"), func(t *testing.T) {
			f, v := incident(), newStream("orders.eu", w, 8)
			v.SetFilter(kittest.Filter(t, `"status":"failed"`))
			kittest.RequireGolden(t, v.View(f, kittest.Start()))
		})
	}
}

func TestStreamEmptyView(t *testing.T) {
	f := kittest.Lively()
	f.Want("silent", kittest.Start())
	f.Apply([]jolt.Event{kittest.Reply(jolt.OpSubscribe, "silent", jolt.Acknowledged, nil)})
	for _, topic := range []string{"silent", "waiting", "secret", "idle", "never heard of"} {
		t.Run(topic, func(t *testing.T) {
			kittest.RequireGolden(t, newStream(topic, 50, 9).View(f, kittest.Start()))
		})
	}
	t.Run("nothing matches", func(t *testing.T) {
		v := newStream("orders.eu", 50, 6)
		v.SetClock(kittest.Start) // a search is never out of time
		v.SetFilter(kittest.Filter(t, "!id"))
		kittest.RequireGolden(t, v.View(f, kittest.Start()))
	})
	t.Run("no messages at all", func(t *testing.T) {
		kittest.RequireGolden(t, newStream("", 50, 5).View(feed.New(feed.Limits{}), kittest.Start()))
	})
}

// TestStreamFrozen checks that neither messages nor evictions move a stream
// that is paused or scrolled up, whole or filtered, cut or wrapped.
func TestStreamFrozen(t *testing.T) {
	freeze := map[string]func(*Pane, *feed.Feed){
		"paused":      func(v *Pane, _ *feed.Feed) { v.SetPaused(true) },
		"scrolled up": func(v *Pane, f *feed.Feed) { v.Update(kittest.Press("pgup"), f) },
		"inspecting":  func(v *Pane, f *feed.Feed) { v.Update(kittest.Press("enter"), f) },
	}
	for name, freeze := range freeze {
		for _, expression := range []string{"", "failed"} {
			newest := "7710"
			if expression != "" {
				newest = "7708" // the newest that failed
			}
			for _, wrap := range []bool{false, true} {
				t.Run(fmt.Sprint(name, " ", expression, " ", wrap), func(t *testing.T) {
					f := feed.New(feed.Limits{TopicMessages: 500})
					v := newStream("orders.eu", 40, 10)
					v.SetOptions(Options{Wrap: wrap})
					v.SetFilter(kittest.Filter(t, expression))
					kittest.Orders(f, "orders.eu", 0, 450)
					v.View(f, kittest.Start())
					freeze(v, f)
					before := kittest.Body(v.View(f, kittest.Start()))
					for i := range 20 {
						kittest.Orders(f, "orders.eu", 1000+i*100, 100)
						if after := kittest.Body(v.View(f, kittest.Start())); !slices.Equal(before, after) {
							t.Fatalf("it moved from\n%s\nto\n%s", kittest.Text(before), kittest.Text(after))
						}
					}
					if got := v.Waiting(f); got != 2000 {
						t.Fatalf("%d waiting, want 2,000", got)
					}
					v.SetPaused(false)
					v.Update(kittest.Press("G"), f)
					if rows := kittest.Text(v.View(f, kittest.Start())); v.Waiting(f) != 0 || !strings.Contains(rows, newest) {
						t.Fatalf("it does not follow again:\n%s", rows)
					}
				})
			}
		}
	}
}

// TestStreamFilterWhileFrozen: a frozen stream can be searched, even after the history has
// evicted its messages.
func TestStreamFilterWhileFrozen(t *testing.T) {
	f := feed.New(feed.Limits{TopicMessages: 300})
	v := newStream("orders.eu", 60, 10)
	kittest.Orders(f, "orders.eu", 0, 300)
	v.View(f, kittest.Start())
	v.SetPaused(true)
	v.View(f, kittest.Start())
	kittest.Orders(f, "orders.eu", 1000, 900)
	v.SetFilter(kittest.Filter(t, "4711"))
	if rows := kittest.Text(v.View(f, kittest.Start())); !strings.Contains(rows, `▸12:01:02.123  {"id":4711,`) || !strings.Contains(rows, "1 of 300") {
		t.Fatalf("the frozen message was not found:\n%s", rows)
	}
	v.SetFilter(feed.Filter{})
	if e := v.Current(f); e == nil || !strings.Contains(e.Data, "5010") {
		t.Fatalf("the cursor is on %v: it follows the end of what is frozen", e)
	}
	v.SetPaused(false)
	v.View(f, kittest.Start())
	if e := v.Current(f); e == nil || !strings.Contains(e.Data, "6610") {
		t.Fatalf("the cursor is on %v after going on", e)
	}
}

// TestStreamKeepsCursorInFilter: the cursor stays on its message when a filter is set.
func TestStreamKeepsCursorInFilter(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newStream("", 60, 10)
	kittest.Orders(f, "orders.eu", 0, 100)
	v.View(f, kittest.Start())
	for range 40 {
		v.Update(kittest.Press("k"), f)
	}
	before := v.Current(f)
	v.SetFilter(kittest.Filter(t, "failed"))
	v.View(f, kittest.Start())
	near := v.Current(f)
	if near == nil || near.Seq < before.Seq || near.Seq > before.Seq+2 || !strings.Contains(near.Data, "failed") {
		t.Fatalf("from %v the cursor went to %v", before, near)
	}
	v.SetFilter(feed.Filter{})
	if v.View(f, kittest.Start()); v.Current(f).Seq != near.Seq {
		t.Fatalf("from %v the cursor went to %v", near, v.Current(f))
	}
}

func TestStreamPauseKeepsScrolledUp(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newStream("orders.eu", 60, 10)
	kittest.Orders(f, "orders.eu", 0, 100)
	v.View(f, kittest.Start())
	v.Update(kittest.Press("g"), f)
	before := kittest.Body(v.View(f, kittest.Start()))
	v.SetPaused(true)
	v.SetPaused(false)
	kittest.Orders(f, "orders.eu", 1000, 1)
	if after := kittest.Body(v.View(f, kittest.Start())); !slices.Equal(before, after) {
		t.Fatalf("a pause moved a stream that was scrolled up:\n%s", kittest.Text(after))
	}
}

func TestStreamForgottenAndBack(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newStream("orders.eu", 60, 10)
	kittest.Orders(f, "orders.eu", 0, 100)
	v.View(f, kittest.Start())
	v.Update(kittest.Press("g"), f)
	f.Forget("orders.eu")
	if rows := kittest.Text(v.View(f, kittest.Start())); v.Current(f) != nil || !strings.Contains(rows, "not subscribed") {
		t.Fatalf("a forgotten topic shows:\n%s", rows)
	}
	kittest.Orders(f, "orders.eu", 500, 1)
	if rows := kittest.Text(v.View(f, kittest.Start())); !strings.Contains(rows, "5211") {
		t.Fatalf("a topic that came back does not show:\n%s", rows)
	}
}

func TestStreamStep(t *testing.T) {
	f, v := incident(), newStream("", 60, 10)
	v.View(f, kittest.Start())
	got := v.Update(kittest.Press("enter"), f)
	inspect, ok := got.(intent.Inspect)
	if !ok || inspect.Entry.Topic != "chat.room" {
		t.Fatalf("intent %#v, want to inspect the newest message", got)
	}
	kittest.Orders(f, "orders.eu", 100, 5)
	if e := v.Step(+1, f); e != nil {
		t.Fatalf("there is a message %v after the end of what is frozen", e)
	}
	v.Step(-1, f)
	if e := v.Step(-1, f); e == nil || !strings.Contains(e.Data, "4714") {
		t.Fatalf("step over the gap to %v, want the message before it", e)
	}
	for range 3 {
		v.Step(-1, f)
	}
	if e := v.Step(-1, f); e != nil || !strings.Contains(v.Current(f).Data, "4711") {
		t.Fatalf("step to %v before the first message", e)
	}
	if e := v.Step(0, f); e != v.Current(f) {
		t.Fatal("a step of nothing moved the cursor")
	}
}

// TestStreamCostOfHistory fails if drawing depends on messages that are not on
// screen.
func TestStreamCostOfHistory(t *testing.T) {
	few, many := remembering(t, 1_000), remembering(t, 1_000_000)
	cost := func(f *feed.Feed, options Options) float64 {
		v := newStream("", 160, 50)
		v.SetOptions(options)
		v.View(f, kittest.Start())
		return testing.AllocsPerRun(5, func() { v.View(f, kittest.Start()) })
	}
	for _, options := range []Options{{}, {Wrap: true}} {
		if few, many := cost(few, options), cost(many, options); many > few {
			t.Errorf("%+v: %v allocations with 1,000 messages, %v with 1,000,000", options, few, many)
		}
	}
}

// lookedAt records which rows are read.
type lookedAt struct {
	feed.Rows
	rows map[uint64]bool
}

func (l lookedAt) At(pos uint64) *feed.Entry {
	l.rows[pos] = true
	return l.Rows.At(pos)
}

// TestStreamDrawsRowsOnScreen fails if drawing reads more than the messages on screen, the one
// before each, which a time or a day may be relative to, and the last screenful, which bounds
// scrolling. It tests all modes of a filter.
func TestStreamDrawsRowsOnScreen(t *testing.T) {
	f := remembering(t, 1_000_000)
	for _, expression := range []string{"", "failed", "lost"} {
		v := newStream("", 160, 50)
		v.SetClock(kittest.Start) // a search is never out of time
		v.SetFilter(kittest.Filter(t, expression))
		for _, options := range []Options{
			{}, {Wrap: true}, {Times: TimeDelta}, {Filter: DimOthers}, {Filter: ShowOthers, Wrap: true}, {Context: 5},
		} {
			v.SetOptions(options)
			for _, key := range []string{"G", "pgup", "g", "b"} {
				v.Update(kittest.Press(key), f)
				rows := lookedAt{v.sync(f), make(map[uint64]bool)}
				inner := kit.Rect{W: v.w, H: v.h}.Inner()
				lines := v.rowsView(f, rows, inner, kittest.Start())
				if want := int(min(uint64(inner.H), rows.Next()-rows.First())); len(lines) != want {
					t.Fatalf("%d rows were drawn, want %d", len(lines), want)
				}
				if options == (Options{}) && expression == "" {
					drawTable(t, v, f, inner)
				}
				if n := len(rows.rows); n > 2*inner.H+2 {
					t.Errorf("%s, %q, %+v: %d messages were looked at to draw %d", key, expression, options, n, inner.H)
				}
			}
		}
	}
}

// drawTable fails if a table reads more than the messages on screen.
func drawTable(t *testing.T, v *Pane, f *feed.Feed, inner kit.Rect) {
	t.Helper()
	v.SetTables(columns.NewBook())
	v.ToggleTable(f)
	rows := lookedAt{v.sync(f), make(map[uint64]bool)}
	v.rowsView(f, rows, inner, kittest.Start())
	if n := len(rows.rows); n > 2*inner.H+2 {
		t.Errorf("%d messages were looked at to draw a table of %d", n, inner.H)
	}
	v.ToggleTable(f)
}

// remembering returns a feed that holds n messages.
func remembering(t *testing.T, n int) *feed.Feed {
	t.Helper()
	f := feed.New(feed.Limits{AllMessages: n, AllBytes: 1 << 30})
	batch := make([]jolt.Event, 1000)
	for i := range batch {
		batch[i] = kittest.Message(kittest.Start(), "orders.eu", `{"id":4711,"status":"failed"}`)
	}
	for range n / len(batch) {
		f.Apply(batch)
	}
	if held := f.All().Len(); held != n {
		t.Fatalf("%d messages held, want %d", held, n)
	}
	return f
}

// TestStreamSearchInSlices: a filter on a long history does not delay a frame, says how far it
// is, and finds everything in the end.
func TestStreamSearchInSlices(t *testing.T) {
	const n, each = 40_010, searchTime / 20_000 // so that an entry takes so long
	f := feed.New(feed.Limits{TopicMessages: n, TopicBytes: 1 << 30})
	kittest.Orders(f, "orders.eu", 0, n)
	v := newStream("orders.eu", 100, 10)
	clock := kittest.Start()
	v.SetClock(func() time.Time { clock = clock.Add(each); return clock })
	v.View(f, kittest.Start())
	v.SetFilter(kittest.Filter(t, "failed"))
	if shown := kittest.Text(v.View(f, kittest.Start())); !strings.Contains(shown, " of 40,000, searching…") {
		t.Fatalf("it does not say that it is searching:\n%s", shown)
	}
	v.SetPaused(true)
	slices := 0
	for v.Search(f) {
		slices++
	}
	if shown := kittest.Text(v.View(f, kittest.Start())); !strings.Contains(shown, "13,337 hits of 40,010") || slices > 3 {
		t.Fatalf("after %d slices it did not find everything:\n%s", slices, shown)
	}
}

// TestAskingDoesNotSearch: the footer asks several times in a frame what can be done here.
func TestAskingDoesNotSearch(t *testing.T) {
	f := feed.New(feed.Limits{})
	kittest.Orders(f, "orders.eu", 0, 5000)
	v := newStream("orders.eu", 100, 10)
	clock := kittest.Start()
	v.SetClock(func() time.Time { clock = clock.Add(searchTime / 400); return clock })
	v.SetFilter(kittest.Filter(t, "failed"))
	v.View(f, kittest.Start())
	seen := v.source.index.Seen()
	if v.Current(f) == nil || v.noneYet(f) != "" || v.noMessage(f) != "" {
		t.Error("there are messages, and it says that there are none")
	}
	if now := v.source.index.Seen(); now != seen || seen == 0 || seen == 5000 {
		t.Errorf("%d messages were searched in a frame, and %d after it was asked", seen, now)
	}
}

// TestStreamsShareSearchTime: many streams search no longer than one.
func TestStreamsShareSearchTime(t *testing.T) {
	f := feed.New(feed.Limits{})
	kittest.Orders(f, "orders.eu", 0, 1000)
	for share, want := range map[int]int{1: 400, 4: 100} {
		v := newStream("orders.eu", 100, 10)
		clock := kittest.Start()
		v.SetClock(func() time.Time { clock = clock.Add(searchTime / 400); return clock })
		v.SetSearchShare(share)
		v.SetFilter(kittest.Filter(t, "id"))
		v.Search(f)
		if seen := v.source.index.Seen(); seen != want {
			t.Errorf("a share of 1/%d: %d were evaluated, want %d", share, seen, want)
		}
	}
}

func TestStreamMatchesArePainted(t *testing.T) {
	f := feed.New(feed.Limits{})
	f.Apply([]jolt.Event{kittest.Message(kittest.Start(), "t", "one two one")})
	s := kittest.Coloured()
	v := New(s, Actions(), kittest.MoveKeys())
	v.SetSize(60, 3)
	v.SetFilter(kittest.Filter(t, "one"))
	row := v.View(f, kittest.Start())[1]
	if got := strings.Count(row, s.Match.String("one")); got != 2 {
		t.Fatalf("%d matches painted in %q, want 2", got, row)
	}
}

func TestCopyPayload(t *testing.T) {
	f := feed.New(feed.Limits{Body: 20})
	s := New(&kit.Styles{}, Actions(), kittest.MoveKeys())
	if got := s.Copy(f).(intent.Copy); got.Text != "" {
		t.Errorf("nothing gives %#v", got)
	}
	data := "\x1b[31m\xff\x00\u202e"
	f.Apply([]jolt.Event{kittest.Message(kittest.Start(), "t", data)})
	if got := s.Copy(f); got != (intent.Copy{What: "payload of t", Text: data}) {
		t.Errorf("a payload gives %#v", got)
	}
	f.Apply([]jolt.Event{kittest.Message(kittest.Start(), "t", strings.Repeat("x", 5000))})
	want := intent.Copy{What: "the first part of the payload of t (5 kB in all)", Text: strings.Repeat("x", 20)}
	if got := s.Copy(f); got != want {
		t.Errorf("a payload that was cut gives %#v", got)
	}
	f.Apply([]jolt.Event{&jolt.Gap{From: kittest.Start(), To: kittest.Start()}})
	if got := s.Copy(f).(intent.Copy); got.Text != "" {
		t.Errorf("a gap gives %#v", got)
	}
}
