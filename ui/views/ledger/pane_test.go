package ledger

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"pgregory.net/rapid"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

func newLog(w, h int) *Pane {
	v := New(&kit.Styles{}, Actions(), kittest.MoveKeys())
	v.SetHintKeys(kittest.HintKeys())
	v.SetSize(w, h)
	v.SetFocus(true)
	return v
}

// ledger returns a feed with a row of every kind.
func ledger() *feed.Feed {
	f := feed.New(feed.Limits{})
	at := kittest.Start()
	f.Tick(at)
	f.Want("orders.eu", at)
	f.Apply([]jolt.Event{
		&jolt.StateChange{At: at, State: jolt.Down, Addr: "10.0.0.7:8080", Attempt: 1, Cause: syscall.ECONNREFUSED},
		&jolt.StateChange{At: at, State: jolt.Up, Addr: "10.0.0.7:8080", User: "alice", Topics: 1},
		kittest.Reply(jolt.OpAuth, "", jolt.Rejected, &jolt.RejectedError{Text: "auth_failed: no such user or wrong password"}),
		kittest.Reply(jolt.OpSubscribe, "orders.eu", jolt.Acknowledged, nil),
		kittest.Reply(jolt.OpSubscribe, "secret", jolt.Rejected, kittest.Forbidden()),
		kittest.Reply(jolt.OpPublish, "orders.eu", jolt.Acknowledged, nil),
		kittest.Reply(jolt.OpPublish, "orders.us", jolt.Acknowledged, nil),
		&jolt.StateChange{At: at, State: jolt.Down, Addr: "10.0.0.7:8080", Cause: io.EOF},
		kittest.Reply(jolt.OpPublish, "orders.eu", jolt.Unknown, fmt.Errorf("%w: %w", jolt.ErrUnknownOutcome, io.EOF)),
		kittest.Reply(jolt.OpPublish, "orders.eu", jolt.Unknown, fmt.Errorf("%w: %w", jolt.ErrUnknownOutcome, jolt.ErrNoReply)),
		&jolt.Reply{At: at, Request: jolt.Request{Op: jolt.OpPublish, Topic: "orders.eu"}, Outcome: jolt.NotSent, Err: jolt.ErrNotConnected},
		&jolt.Gap{From: at, To: at.Add(2100 * time.Millisecond), Cause: io.EOF},
		&jolt.StateChange{At: at, State: jolt.Up, Addr: "10.0.0.7:8080", Topics: 1234},
		&jolt.BadLine{At: at, Raw: "{\"nope\x1b[31m", Size: 11, Err: fmt.Errorf("%w: no object", jolt.ErrMalformed)},
		&jolt.UnknownFrame{At: at, Raw: `{"hello":"wor\u202eld"}`},
		&jolt.Unsolicited{At: at, OK: true, Raw: `{"ok":true}`},
	})
	f.Dropped("orders.eu", 1204, 150_000)
	f.Log().Note(at, "copied to the clipboard")
	f.Log().Begin(jolt.Request{Op: jolt.OpPing, Ref: 1}, at)
	f.Apply([]jolt.Event{&jolt.StateChange{At: at, State: jolt.Closed, Addr: "10.0.0.7:8080"}})
	return f
}

func TestLogView(t *testing.T) {
	for _, w := range []int{56, 110} {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			kittest.RequireGolden(t, newLog(w, 27).View(ledger(), kittest.Start()))
		})
	}
}

func TestLogScrolls(t *testing.T) {
	f, v := feed.New(feed.Limits{LogRows: 100}), newLog(60, 8)
	note := func(from, n int) {
		for i := from; i < from+n; i++ {
			f.Log().Note(kittest.Start(), fmt.Sprintf("note %d", i))
		}
	}
	note(0, 50)
	if shown := kittest.Text(v.View(f, kittest.Start())); !strings.Contains(shown, "note 49") {
		t.Fatalf("the newest row is not on screen:\n%s", shown)
	}
	v.Update(kittest.Press("k"), f)
	before := v.View(f, kittest.Start())
	note(50, 20)
	after := v.View(f, kittest.Start())
	if !slices.Equal(kittest.Body(before), kittest.Body(after)) || !strings.Contains(after[0], "▼ 20 new") {
		t.Fatalf("scrolled up, and it moved or did not count:\n%s", kittest.Text(after))
	}
	note(70, 200)
	if shown := kittest.Text(v.View(f, kittest.Start())); !strings.Contains(shown, "▸12:01:02.123  · note 170") {
		t.Fatalf("rows that went did not give way to the oldest that is left:\n%s", shown)
	}
	v.Update(kittest.Press("G"), f)
	if shown := kittest.Text(v.View(f, kittest.Start())); !strings.Contains(shown, "note 269") || strings.Contains(shown, "▼") {
		t.Fatalf("it does not follow again:\n%s", shown)
	}
}

func TestLogCompletesInPlace(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newLog(60, 5)
	request := jolt.Request{Op: jolt.OpPublish, Topic: "t", Ref: 7}
	f.Log().Begin(request, kittest.Start())
	if shown := kittest.Text(v.View(f, kittest.Start())); !strings.Contains(shown, "… waiting") {
		t.Fatalf("a pending request shows as\n%s", shown)
	}
	done := kittest.Reply(jolt.OpPublish, "t", jolt.Acknowledged, nil)
	done.Request = request
	f.Apply([]jolt.Event{done})
	if shown := kittest.Text(v.View(f, kittest.Start())); !strings.Contains(shown, "✓ ok         0.31 ms") || strings.Contains(shown, "waiting") {
		t.Fatalf("an acknowledged request shows as\n%s", shown)
	}
}

func TestLogFilters(t *testing.T) {
	for _, keys := range []string{"o", "ooooo", "ooooooo", "OOOO", "ooOOOO"} {
		for _, w := range []int{56, 110} {
			t.Run(fmt.Sprintf("%s %d", keys, w), func(t *testing.T) {
				f, v := ledger(), newLog(w, 12)
				for _, k := range keys {
					v.Update(kittest.Press(string(k)), f)
				}
				kittest.RequireGolden(t, v.View(f, kittest.Start()))
			})
		}
	}
}

// TestLogFilterModel: with any filter, and after each change, the log shows the rows that a
// naive filter selects, and says how many are hidden.
func TestLogFilterModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := feed.New(feed.Limits{LogRows: 20})
		v := newLog(100, 30)
		ref := uint64(0)
		t.Repeat(map[string]func(*rapid.T){
			"note":  func(*rapid.T) { f.Log().Note(kittest.Start(), "note") },
			"begin": func(*rapid.T) { ref++; f.Log().Begin(jolt.Request{Op: jolt.Op(ref%3 + 2), Ref: ref}, kittest.Start()) },
			"reply": func(t *rapid.T) {
				done := kittest.Reply(0, "", jolt.Outcome(rapid.IntRange(1, 4).Draw(t, "outcome")), nil)
				done.Request.Ref = rapid.Uint64Range(0, ref).Draw(t, "ref")
				done.Request.Op = jolt.Op(done.Request.Ref%3 + 2)
				f.Apply([]jolt.Event{done})
			},
			"outcome": func(*rapid.T) { v.Update(kittest.Press("o"), f) },
			"op":      func(*rapid.T) { v.Update(kittest.Press("O"), f) },
			"up":      func(*rapid.T) { v.Update(kittest.Press("k"), f) },
			"": func(t *rapid.T) {
				v.View(f, kittest.Start())
				var want []uint64
				for pos := f.Log().First(); pos < f.Log().Next(); pos++ {
					if v.rows.filter.Match(f.Log().At(pos)) {
						want = append(want, pos)
					}
				}
				var got []uint64
				for i := v.rows.first; i < v.rows.next; i++ {
					got = append(got, v.rows.position(i))
				}
				hidden := f.Log().Next() - f.Log().First() - uint64(len(want))
				if !slices.Equal(got, want) || v.rows.hidden(f.Log()) != hidden {
					t.Fatalf("%+v shows rows %d and hides %d, want %d and %d", v.rows.filter, got, v.rows.hidden(f.Log()), want, hidden)
				}
			},
		})
	})
}

// TestLogFilterKeepsItsPlace: the cursor stays on its row while the filter changes and other
// rows come and go.
func TestLogFilterKeepsItsPlace(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newLog(60, 8)
	for i := range 40 {
		r := jolt.Request{Op: jolt.OpPublish, Topic: fmt.Sprintf("t%02d", i), Ref: uint64(i + 1)}
		f.Log().Begin(r, kittest.Start())
		f.Log().Note(kittest.Start(), "note")
	}
	v.View(f, kittest.Start())
	for _, k := range []string{"pgup", "pgup", "k"} {
		v.Update(kittest.Press(k), f)
		v.View(f, kittest.Start())
	}
	under := func() string {
		for _, row := range v.View(f, kittest.Start()) {
			if strings.Contains(row, "▸") {
				return row
			}
		}
		return ""
	}
	before := under()
	v.setFilter(f.Log(), feed.LogFilter{Rows: feed.RowsPending})
	if got := under(); got != before || !strings.Contains(got, "pub") {
		t.Fatalf("with a filter the cursor is on\n%s\nbefore it was on\n%s", got, before)
	}
	for i := range 10 { // rows before it leave the filter
		done := kittest.Reply(jolt.OpPublish, fmt.Sprintf("t%02d", i), jolt.Acknowledged, nil)
		done.Request.Ref = uint64(i + 1)
		f.Apply([]jolt.Event{done})
		if got := under(); got != before {
			t.Fatalf("after other replies the cursor is on\n%s\nbefore it was on\n%s", got, before)
		}
	}
}

func TestCopyRowOfTheLog(t *testing.T) {
	f := ledger()
	v := newLog(30, 5)
	v.styles = kittest.Coloured()
	v.View(f, kittest.Start())
	if got := v.Copy(f); got != (intent.Copy{What: "a row of the log", Text: "12:01:02.123  ■ connection closed"}) {
		t.Errorf("the last row gives %#v", got)
	}
	for range 5 {
		v.Update(kittest.Press("k"), f)
	}
	v.View(f, kittest.Start())
	if got := v.Copy(f).(intent.Copy).Text; got != `12:01:02.123  ? frame of an unknown kind  {"hello":"wor\u202eld"}` {
		t.Errorf("a row of text from outside gives %q", got)
	}
	v.Update(kittest.Press("g"), f)
	for range 6 {
		v.Update(kittest.Press("j"), f)
	}
	if got := v.Copy(f).(intent.Copy).Text; got != "12:01:02.123  sub   secret  ✗ forbidden: subscribe:secret is not granted to alice  0.31 ms" {
		t.Errorf("a request gives %q", got)
	}
	if got := v.Copy(feed.New(feed.Limits{})).(intent.Copy).Text; got != "" {
		t.Errorf("an empty log gives %q", got)
	}
}

func TestAlertsInTheLog(t *testing.T) {
	f := feed.New(feed.Limits{})
	f.Tick(kittest.Start())
	w := kittest.Watch(t, f, ".a in orders.*", "> 100")
	f.Apply([]jolt.Event{kittest.Message(kittest.Start(), "orders.eu", `{"a":150}`), kittest.Message(kittest.Start().Add(time.Second), "orders.eu", `{"a":1}`)})
	f.Tick(kittest.Start().Add(9 * time.Second))
	f.Apply([]jolt.Event{kittest.Message(kittest.Start().Add(10*time.Second), "orders.eu", `{"a":151}`)})
	f.Tick(kittest.Start().Add(20 * time.Second))
	f.Unwatch(w)
	kittest.Watch(t, f, ". in \x1b[2J", "absent for 5s")
	f.Tick(kittest.Start().Add(40 * time.Second))
	kittest.RequireGolden(t, newLog(90, 8).View(f, kittest.Start()))
}

func TestRowOfARepeatInTheLog(t *testing.T) {
	f := feed.New(feed.Limits{})
	log := New(&kit.Styles{}, Actions(), kittest.MoveKeys())
	log.SetSize(100, 4)
	r := f.Log().BeginRepeat(kittest.Reply(0, "orders\x1b", 0, nil).Request, "every 5s", 0, kittest.Start())
	r.Acknowledged, r.Latest = 3, kittest.Start().Add(time.Second)
	if shown := kittest.Text(log.View(f, kittest.Start())); !strings.Contains(shown, `pub × orders\x1b  every 5s  3  ✓ 3 ok  3/s`) {
		t.Errorf("the row is\n%s", shown)
	}
}
