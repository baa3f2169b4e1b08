package views

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"joltui/feed"
	"joltui/jolt"
)

func newLog(w, h int) *Log {
	v := NewLog(&Styles{}, testMoveKeys())
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
