package stream

import (
	"slices"
	"strings"
	"testing"

	"joltui/internal/feed"
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
	marks := new(Marks)
	all.SetMarks(marks)
	one.SetMarks(marks)
	kittest.Orders(f, "orders.eu", 0, 5)
	kittest.Orders(f, "orders.us", 5, 5)
	pressAll(all, f, "k", "b", "g", "b")
	pressAll(one, f, "g", "'")
	at(t, one, f, 4719, "")
	if top := one.View(f, kittest.Start())[0]; !strings.Contains(top, "1 mark ") {
		t.Errorf("the marks of other topics count: %s", top)
	}
}

func TestStreamSaysThatAMarkWasEvicted(t *testing.T) {
	f, v := feed.New(feed.Limits{TopicMessages: 100}), newStream("orders.eu", 90, 12)
	v.SetClock(kittest.Start)
	kittest.Orders(f, "orders.eu", 0, 50)
	pressAll(v, f, "g", "b", "pgdown", "pgdown", "b")
	kittest.Orders(f, "orders.eu", 50, 70)
	pressAll(v, f, "'")
	at(t, v, f, 4711, "from the first mark again") // held: it is still there
	pressAll(v, f, "G")
	if top := v.View(f, kittest.Start())[0]; !strings.Contains(top, "2 marks, 1 evicted") {
		t.Errorf("the loss is not told: %s", top)
	}
	pressAll(v, f, "'")
	at(t, v, f, 4731, "mark of 12:01:02.123 evicted")
	pressAll(v, f, "G")
	kittest.Orders(f, "orders.eu", 200, 500)
	pressAll(v, f, "'")
	if v.said != "mark of 12:01:02.143 evicted" {
		t.Errorf("it says %q", v.said)
	}
}

func TestStreamBoundsMarks(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newStream("orders.eu", 90, 12)
	v.SetClock(kittest.Start)
	if got := v.Update(kittest.Press("b"), f); got != (kit.Say{Text: "b: mark ─ no message has come yet"}) {
		t.Errorf("it says %+v", got)
	}
	kittest.Orders(f, "orders.eu", 0, maxMarks+1)
	for range maxMarks {
		pressAll(v, f, "b", "k")
	}
	at(t, v, f, 4711, "")
	pressAll(v, f, "b")
	at(t, v, f, 4711, "no room for more than 100 marks")
	if n := len(v.marks.all); n != maxMarks || !slices.IsSortedFunc(v.marks.all, func(a, b mark) int { return int(a.seq) - int(b.seq) }) {
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
