package ledger

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

// published returns a feed with a publish that came back after its reply, and others of which
// that is not known.
func published() *feed.Feed {
	f := feed.New(feed.Limits{})
	f.Tick(kittest.Start())
	f.Want("orders.eu", kittest.Start())
	f.Apply([]jolt.Event{kittest.Reply(jolt.OpSubscribe, "orders.eu", jolt.Acknowledged, nil)})
	for i := range 3 {
		r := jolt.Request{Op: jolt.OpPublish, Topic: "orders.eu", Data: fmt.Sprintf(`{"id":%d,"note":"%s"}`, i, strings.Repeat("é", 20)), Ref: uint64(i + 1)}
		f.Log().Begin(r, kittest.Start())
		sent := kittest.Start().Add(12 * time.Microsecond)
		f.Apply([]jolt.Event{
			&jolt.Reply{At: sent.Add(310 * time.Microsecond), Sent: sent, Request: r, Outcome: jolt.Acknowledged},
		})
		if i != 1 {
			f.Apply([]jolt.Event{kittest.Message(sent.Add(420*time.Microsecond), "orders.eu", r.Data)})
		}
	}
	return f
}

// find returns the position of the first row of the ledger with a kind and an outcome.
func find(t *testing.T, f *feed.Feed, kind feed.RowKind, outcome jolt.Outcome) uint64 {
	t.Helper()
	for pos := f.Log().First(); pos < f.Log().Next(); pos++ {
		if row := f.Log().At(pos); row.Kind == kind && row.Outcome == outcome {
			return pos
		}
	}
	t.Fatalf("the ledger has no row of kind %d that is %s", kind, outcome)
	return 0
}

func TestLogDetails(t *testing.T) {
	for name, of := range map[string]struct {
		kind    feed.RowKind
		outcome jolt.Outcome
	}{
		"disconnected": {feed.RowConnection, 0}, "gap": {feed.RowGap, 0}, "bad line": {feed.RowBadLine, 0},
		"unknown frame": {feed.RowUnknown, 0}, "unsolicited": {feed.RowUnsolicited, 0},
		"dropped": {feed.RowDropped, 0}, "advice": {feed.RowHint, 0}, "note": {feed.RowNote, 0},
		"rejected login": {feed.RowRequest, jolt.Rejected}, "unknown": {feed.RowRequest, jolt.Unknown},
		"not sent": {feed.RowRequest, jolt.NotSent}, "pending": {feed.RowRequest, jolt.Pending},
	} {
		for _, w := range []int{60, 110} {
			t.Run(fmt.Sprintf("%s %d", name, w), func(t *testing.T) {
				f := ledger()
				v, log := NewDetails(&kit.Styles{}, DetailsActions(""), kittest.MoveKeys()), newLog(w, 20)
				v.SetSize(w, 24)
				v.Open(log, f, find(t, f, of.kind, of.outcome))
				kittest.RequireGolden(t, v.View(f, kittest.Start()))
			})
		}
	}
}

func TestLogDetailsOfAPublish(t *testing.T) {
	for _, w := range []int{60, 110} {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			f := published()
			v, log := NewDetails(&kit.Styles{}, DetailsActions(""), kittest.MoveKeys()), newLog(w, 20)
			v.SetSize(w, 30)
			v.Open(log, f, 1)
			kittest.RequireGolden(t, v.View(f, kittest.Start()))
		})
	}
}

func TestLogShowsReplyAndLoopBack(t *testing.T) {
	for _, w := range []int{60, 110} {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			kittest.RequireGolden(t, newLog(w, 7).View(published(), kittest.Start()))
		})
	}
}

func TestLogDetailsMaskThePassword(t *testing.T) {
	f := feed.New(feed.Limits{})
	f.Log().Begin(jolt.Request{Op: jolt.OpAuth, User: "alice", Pass: "hunter2", Ref: 1}, kittest.Start())
	v, log := NewDetails(&kit.Styles{}, DetailsActions(""), kittest.MoveKeys()), newLog(100, 20)
	v.SetSize(100, 20)
	v.Open(log, f, 0)
	shown := kittest.Text(v.View(f, kittest.Start()))
	if strings.Contains(shown, "hunter2") || !strings.Contains(shown, `{"op":"auth","user":"alice","pass":"********"}`) {
		t.Errorf("the details of a login say\n%s", shown)
	}
}

func TestLogDetailsSayWhatIsMissing(t *testing.T) {
	f := feed.New(feed.Limits{})
	long := strings.Repeat("x", 100_000)
	f.Log().Begin(jolt.Request{Op: jolt.OpPublish, Topic: "t", Data: long, Ref: 1}, kittest.Start())
	f.Apply([]jolt.Event{&jolt.UnknownFrame{At: kittest.Start(), Raw: `{"x":"` + long}})
	v, log := NewDetails(&kit.Styles{}, DetailsActions(""), kittest.MoveKeys()), newLog(200, 100)
	for pos, want := range []string{"34.5 kB more of the payload not kept", "99 kB more not kept"} {
		v.SetSize(200, 500)
		v.Open(log, f, uint64(pos))
		if shown := kittest.Text(v.View(f, kittest.Start())); !strings.Contains(shown, want) {
			t.Errorf("row %d does not say %q:\n%s", pos, want, shown)
		}
	}
}

// TestLogDetailsFollowTheirRow: the reply is shown when it comes, and stays when the row has
// left the log.
func TestLogDetailsFollowTheirRow(t *testing.T) {
	f := feed.New(feed.Limits{LogRows: 3})
	r := jolt.Request{Op: jolt.OpPublish, Topic: "t", Ref: 7}
	f.Log().Begin(r, kittest.Start())
	v, log := NewDetails(&kit.Styles{}, DetailsActions(""), kittest.MoveKeys()), newLog(100, 20)
	v.SetSize(100, 30)
	v.Open(log, f, 0)
	if shown := kittest.Text(v.View(f, kittest.Start())); !strings.Contains(shown, "… waiting") {
		t.Fatalf("a pending request shows as\n%s", shown)
	}
	done := kittest.Reply(jolt.OpPublish, "t", jolt.Acknowledged, nil)
	done.Request = r
	f.Apply([]jolt.Event{done})
	f.Log().Note(kittest.Start(), "one")
	if shown := kittest.Text(v.View(f, kittest.Start())); !strings.Contains(shown, "✓ ok") || strings.Contains(shown, "no longer") {
		t.Fatalf("an acknowledged request shows as\n%s", shown)
	}
	f.Log().Note(kittest.Start(), "two")
	if shown := kittest.Text(v.View(f, kittest.Start())); !strings.Contains(shown, "✓ ok") || !strings.Contains(shown, "no longer in the log") {
		t.Fatalf("a row that has gone shows as\n%s", shown)
	}
}

func TestLogDetailsStep(t *testing.T) {
	f, log := ledger(), newLog(80, 10)
	log.setFilter(f.Log(), feed.LogFilter{Rows: feed.RowsUnknown})
	v := NewDetails(&kit.Styles{}, DetailsActions(""), kittest.MoveKeys())
	v.SetSize(80, 20)
	v.Open(log, f, find(t, f, feed.RowGap, 0)) // left out by the filter
	first := find(t, f, feed.RowRequest, jolt.Unknown)
	for _, step := range []struct {
		key string
		pos uint64
	}{{"h", first + 1}, {"h", first}, {"h", first}, {"l", first + 1}, {"l", first + 1}} {
		if v.Update(kittest.Press(step.key), f); v.pos != step.pos {
			t.Fatalf("after %s row %d is on show, want %d", step.key, v.pos, step.pos)
		}
	}
	if got := v.Update(kittest.Press("esc"), f); got != (kit.Leave{}) {
		t.Errorf("intent %#v, want Leave", got)
	}
}

func TestLogDetailsOfAFailure(t *testing.T) {
	f := feed.New(feed.Limits{})
	f.Log().Fail(kittest.Start(), "not copied: \x1b[2J")
	v := NewDetails(&kit.Styles{}, DetailsActions(""), kittest.MoveKeys())
	v.SetSize(80, 10)
	v.Open(newLog(80, 10), f, f.Log().First())
	got := strings.Join(v.View(f, kittest.Start()), "\n")
	if !strings.Contains(got, "Failure") || !strings.Contains(got, `not copied: \x1b[2J`) || strings.Contains(got, "\x1b[2J") {
		t.Errorf("it says\n%s", got)
	}
}
