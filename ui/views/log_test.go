package views

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
)

func newLog(w, h int) *Log {
	v := NewLog(&Styles{}, testLogKeys())
	v.SetHintKeys(testHintKeys())
	v.SetSize(w, h)
	v.SetFocus(true)
	return v
}

// ledger is a feed with a row of every kind.
func ledger() *feed.Feed {
	f := feed.New(feed.Limits{})
	at := start()
	f.Tick(at)
	f.Want("orders.eu", at)
	f.Apply([]jolt.Event{
		&jolt.StateChange{At: at, State: jolt.Down, Addr: "10.0.0.7:8080", Attempt: 1, Cause: syscall.ECONNREFUSED},
		&jolt.StateChange{At: at, State: jolt.Up, Addr: "10.0.0.7:8080", User: "alice", Topics: 1},
		reply(jolt.OpAuth, "", jolt.Rejected, &jolt.RejectedError{Text: "auth_failed: no such user or wrong password"}),
		reply(jolt.OpSubscribe, "orders.eu", jolt.Acknowledged, nil),
		reply(jolt.OpSubscribe, "secret", jolt.Rejected, forbidden()),
		reply(jolt.OpPublish, "orders.eu", jolt.Acknowledged, nil),
		reply(jolt.OpPublish, "orders.us", jolt.Acknowledged, nil),
		&jolt.StateChange{At: at, State: jolt.Down, Addr: "10.0.0.7:8080", Cause: io.EOF},
		reply(jolt.OpPublish, "orders.eu", jolt.Unknown, fmt.Errorf("%w: %w", jolt.ErrUnknownOutcome, io.EOF)),
		reply(jolt.OpPublish, "orders.eu", jolt.Unknown, fmt.Errorf("%w: %w", jolt.ErrUnknownOutcome, jolt.ErrNoReply)),
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
			requireGolden(t, newLog(w, 27).View(ledger(), start()))
		})
	}
}

func TestLogScrolls(t *testing.T) {
	f, v := feed.New(feed.Limits{LogRows: 100}), newLog(60, 8)
	note := func(from, n int) {
		for i := from; i < from+n; i++ {
			f.Log().Note(start(), fmt.Sprintf("note %d", i))
		}
	}
	note(0, 50)
	if shown := text(v.View(f, start())); !strings.Contains(shown, "note 49") {
		t.Fatalf("the newest row is not on screen:\n%s", shown)
	}
	v.Update(keyPress("k"), f)
	before := v.View(f, start())
	note(50, 20)
	after := v.View(f, start())
	if !slices.Equal(body(before), body(after)) || !strings.Contains(after[0], "▼ 20 new") {
		t.Fatalf("scrolled up, and it moved or did not count:\n%s", text(after))
	}
	note(70, 200)
	if shown := text(v.View(f, start())); !strings.Contains(shown, "▸12:01:02.123  · note 170") {
		t.Fatalf("rows that went did not give way to the oldest that is left:\n%s", shown)
	}
	v.Update(keyPress("G"), f)
	if shown := text(v.View(f, start())); !strings.Contains(shown, "note 269") || strings.Contains(shown, "▼") {
		t.Fatalf("it does not follow again:\n%s", shown)
	}
}

func TestLogCompletesInPlace(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newLog(60, 5)
	request := jolt.Request{Op: jolt.OpPublish, Topic: "t", Ref: 7}
	f.Log().Begin(request, start())
	if shown := text(v.View(f, start())); !strings.Contains(shown, "… waiting") {
		t.Fatalf("a pending request shows as\n%s", shown)
	}
	done := reply(jolt.OpPublish, "t", jolt.Acknowledged, nil)
	done.Request = request
	f.Apply([]jolt.Event{done})
	if shown := text(v.View(f, start())); !strings.Contains(shown, "✓ ok         0.31 ms") || strings.Contains(shown, "waiting") {
		t.Fatalf("an acknowledged request shows as\n%s", shown)
	}
}

func TestLogFilters(t *testing.T) {
	for _, keys := range []string{"oooo", "oooooo", "OOOO", "oOOOO"} {
		for _, w := range []int{56, 110} {
			t.Run(fmt.Sprintf("%s %d", keys, w), func(t *testing.T) {
				f, v := ledger(), newLog(w, 12)
				for _, k := range keys {
					v.Update(keyPress(string(k)), f)
				}
				requireGolden(t, v.View(f, start()))
			})
		}
	}
}

// TestLogFilterModel: with any filter, the log shows what a naive filter leaves
// of its rows, after each change, and says how many are hidden.
func TestLogFilterModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := feed.New(feed.Limits{LogRows: 20})
		v := newLog(100, 30)
		ref := uint64(0)
		t.Repeat(map[string]func(*rapid.T){
			"note":  func(*rapid.T) { f.Log().Note(start(), "note") },
			"begin": func(*rapid.T) { ref++; f.Log().Begin(jolt.Request{Op: jolt.Op(ref%3 + 2), Ref: ref}, start()) },
			"reply": func(t *rapid.T) {
				done := reply(0, "", jolt.Outcome(rapid.IntRange(1, 4).Draw(t, "outcome")), nil)
				done.Request.Ref = rapid.Uint64Range(0, ref).Draw(t, "ref")
				done.Request.Op = jolt.Op(done.Request.Ref%3 + 2)
				f.Apply([]jolt.Event{done})
			},
			"outcome": func(*rapid.T) { v.Update(keyPress("o"), f) },
			"op":      func(*rapid.T) { v.Update(keyPress("O"), f) },
			"up":      func(*rapid.T) { v.Update(keyPress("k"), f) },
			"": func(t *rapid.T) {
				v.View(f, start())
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

// TestLogFilterKeepsItsPlace: the row under the cursor stays there while the
// filter changes and other rows come and go.
func TestLogFilterKeepsItsPlace(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newLog(60, 8)
	for i := range 40 {
		r := jolt.Request{Op: jolt.OpPublish, Topic: fmt.Sprintf("t%02d", i), Ref: uint64(i + 1)}
		f.Log().Begin(r, start())
		f.Log().Note(start(), "note")
	}
	v.View(f, start())
	for _, k := range []string{"pgup", "pgup", "k"} {
		v.Update(keyPress(k), f)
		v.View(f, start())
	}
	under := func() string {
		for _, row := range v.View(f, start()) {
			if strings.Contains(row, "▸") {
				return row
			}
		}
		return ""
	}
	before := under()
	v.Update(keyPress("o"), f) // those that are pending
	if got := under(); got != before || !strings.Contains(got, "pub") {
		t.Fatalf("with a filter the cursor is on\n%s\nbefore it was on\n%s", got, before)
	}
	for i := range 10 { // rows before it leave the filter
		done := reply(jolt.OpPublish, fmt.Sprintf("t%02d", i), jolt.Acknowledged, nil)
		done.Request.Ref = uint64(i + 1)
		f.Apply([]jolt.Event{done})
		if got := under(); got != before {
			t.Fatalf("after other replies the cursor is on\n%s\nbefore it was on\n%s", got, before)
		}
	}
}

func testLogKeys() LogKeys {
	return LogKeys{Move: testMoveKeys(), Details: bind("enter", "enter"), Outcome: bind("o", "o"), Op: bind("O", "O")}
}

func TestCopyRowOfTheLog(t *testing.T) {
	f := ledger()
	v := newLog(30, 5)
	v.styles = coloured()
	v.View(f, start())
	if got := v.Copy(f); got != (Copy{What: "a row of the log", Text: "12:01:02.123  ■ connection closed"}) {
		t.Errorf("the last row gives %#v", got)
	}
	for range 5 {
		v.Update(keyPress("k"), f)
	}
	v.View(f, start())
	if got := v.Copy(f).(Copy).Text; got != `12:01:02.123  ? frame of an unknown kind  {"hello":"wor\u202eld"}` {
		t.Errorf("a row of text from outside gives %q", got)
	}
	v.Update(keyPress("g"), f)
	for range 6 {
		v.Update(keyPress("j"), f)
	}
	if got := v.Copy(f).(Copy).Text; got != "12:01:02.123  sub   secret  ✗ forbidden: subscribe:secret is not granted to alice  0.31 ms" {
		t.Errorf("a request gives %q", got)
	}
	if got := v.Copy(feed.New(feed.Limits{})).(Copy).Text; got != "" {
		t.Errorf("an empty log gives %q", got)
	}
}

func TestAlertsInTheLog(t *testing.T) {
	f := feed.New(feed.Limits{})
	f.Tick(start())
	w := watch(t, f, ".a in orders.*", "> 100")
	f.Apply([]jolt.Event{message(start(), "orders.eu", `{"a":150}`), message(start().Add(time.Second), "orders.eu", `{"a":1}`)})
	f.Tick(start().Add(9 * time.Second))
	f.Apply([]jolt.Event{message(start().Add(10*time.Second), "orders.eu", `{"a":151}`)})
	f.Tick(start().Add(20 * time.Second))
	f.Unwatch(w)
	watch(t, f, ". in \x1b[2J", "absent for 5s")
	f.Tick(start().Add(40 * time.Second))
	requireGolden(t, newLog(90, 8).View(f, start()))
}

func TestRowOfARepeatInTheLog(t *testing.T) {
	f := feed.New(feed.Limits{})
	log := NewLog(&Styles{}, testLogKeys())
	log.SetSize(100, 4)
	r := f.Log().BeginRepeat(reply(0, "orders\x1b", 0, nil).Request, "every 5s", 0, start())
	r.Acknowledged, r.Latest = 3, start().Add(time.Second)
	if shown := text(log.View(f, start())); !strings.Contains(shown, `pub × orders\x1b  every 5s  3  ✓ 3 ok  3/s`) {
		t.Errorf("the row is\n%s", shown)
	}
}
