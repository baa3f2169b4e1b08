package stream

import (
	"slices"
	"strings"
	"testing"

	"joltui/internal/feed"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

func TestStreamGoesToMarks(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newStream("orders.eu", 90, 12)
	v.SetClock(kittest.Start)
	kittest.Orders(f, "orders.eu", 0, 100)
	pressAll(v, f, "'")
	at(t, v, f, 4810, "no marks")
	pressAll(v, f, "g", "b", "'")
	at(t, v, f, 4711, "the only mark")
	pressAll(v, f, "j", "j", "b", "pgdown", "b")
	if top := v.View(f, kittest.Start())[0]; !strings.Contains(top, "3 marks") {
		t.Fatalf("the marks are not counted: %s", top)
	}
	pressAll(v, f, "'")
	at(t, v, f, 4711, "from the first mark again")
	pressAll(v, f, "'")
	at(t, v, f, 4713, "")
	if row := v.View(f, kittest.Start())[3]; !strings.HasPrefix(row, "┃▸◆ ") {
		t.Fatalf("the mark does not show: %q", row)
	}
	pressAll(v, f, "\"", "\"")
	at(t, v, f, 4723, "from the last mark again")
	pressAll(v, f, "b", "G", "\"")
	at(t, v, f, 4713, "")
	v.SetFilter(kittest.Filter(t, "failed"))
	pressAll(v, f, "g", "'")
	at(t, v, f, 4711, "mark of 12:01:02.125 filtered out")
}

// TestStreamSharesMarks: a message that is marked in its topic is marked among all topics.
func TestStreamSharesMarks(t *testing.T) {
	f, all, one := feed.New(feed.Limits{}), newStream("", 90, 12), newStream("orders.us", 90, 12)
	kittest.Orders(f, "orders.eu", 0, 5)
	kittest.Orders(f, "orders.us", 5, 5)
	pressAll(all, f, "k", "b", "g", "b")
	pressAll(one, f, "g", "'")
	at(t, one, f, 4719, "")
	if top := one.View(f, kittest.Start())[0]; !strings.Contains(top, "1 mark ") {
		t.Errorf("the marks of other topics count: %s", top)
	}
}

// A marked message stays where its history gives it up: it is a row, which is counted as
// kept, and can be gone to, copied, compared and inspected.
func TestStreamKeepsMarkedMessages(t *testing.T) {
	f, v := feed.New(feed.Limits{TopicMessages: 100}), newStream("orders.eu", 90, 12)
	v.SetClock(kittest.Start)
	kittest.Orders(f, "orders.eu", 0, 50)
	pressAll(v, f, "g", "j", "b", "pgdown", "pgdown", "b")
	kittest.Orders(f, "orders.eu", 50, 200)
	pressAll(v, f, "'")
	at(t, v, f, 4712, "from the first mark again") // held: it is still there
	pressAll(v, f, "G")
	if top := v.View(f, kittest.Start())[0]; !strings.Contains(top, "2 marks, 2 kept") {
		t.Errorf("it is not said that they are kept: %s", top)
	}
	pressAll(v, f, "'")
	at(t, v, f, 4712, "from the first mark again")
	if got := v.Copy(f).(intent.Copy); !strings.Contains(got.Text, `"id":4712,`) {
		t.Errorf("it copies %q", got.Text)
	}
	if got, ok := pressAll(v, f, "enter").(intent.Inspect); !ok || !strings.Contains(got.Entry.Data, `"id":4712,`) {
		t.Errorf("it inspects %+v", got)
	}
	if near := f.Neighbour(v.Current(f), -1); near.Entry == nil || !strings.Contains(near.Entry.Data, `"id":4711,`) || near.Apart {
		t.Errorf("it is compared with %+v", near)
	}
	kittest.RequireGolden(t, v.View(f, kittest.Start()))
	pressAll(v, f, "'", "j")
	at(t, v, f, 4861, "") // the oldest that is held
	pressAll(v, f, "k", "b", "g", "b")
	if rows := kittest.Text(v.View(f, kittest.Start())); strings.Contains(rows, "kept") || !strings.Contains(rows, "▸12:01:02.273  {\"id\":4861,") {
		t.Errorf("what is no longer marked is still there:\n%s", rows)
	}
}

func TestStreamBoundsMarks(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newStream("orders.eu", 90, 12)
	v.SetClock(kittest.Start)
	if got := v.Update(kittest.Press("b"), f); got != (kit.Say{Text: "b: mark ─ no message has come yet"}) {
		t.Errorf("it says %+v", got)
	}
	kittest.Orders(f, "orders.eu", 0, 101)
	for range 100 {
		pressAll(v, f, "b", "k")
	}
	at(t, v, f, 4711, "")
	pressAll(v, f, "b")
	at(t, v, f, 4711, "no room for more than 100 marks: remove some first")
	if n := len(v.marks()); n != 100 || !slices.IsSortedFunc(v.marks(), func(a, b *feed.Entry) int { return int(a.Seq) - int(b.Seq) }) {
		t.Errorf("%d marks, or not in order", n)
	}
	pressAll(v, f, "j", "b", "k", "b")
	at(t, v, f, 4711, "")
}

// TestStreamAnswersWhereThereIsLittleRoom: an answer shows at any width.
func TestStreamAnswersWhereThereIsLittleRoom(t *testing.T) {
	f := feed.New(feed.Limits{})
	kittest.Orders(f, "orders.eu", 0, 50)
	for w := 20; w < 90; w++ {
		v := newStream("orders.eu", w, 6)
		v.SetClock(kittest.Start)
		pressAll(v, f, "g", "'")
		rows := v.View(f, kittest.Start())
		if kittest.RequireSize(t, rows, w, 6); !strings.Contains(rows[0], " no marks ") {
			t.Fatalf("%d cells: there is no answer in %q", w, rows[0])
		}
	}
}
