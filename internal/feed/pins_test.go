package feed

import (
	"fmt"
	"strings"
	"testing"
)

// newest returns the newest entry of a topic.
func newest(f *Feed, topic string) *Entry {
	w := f.Topic(topic).History().Window()
	return w.At(w.Next() - 1)
}

// A pinned message stays when its history gives it up, with the one before it.
func TestPinsOutliveTheHistories(t *testing.T) {
	f := New(Limits{TopicMessages: 5, AllMessages: 5})
	apply(f, message("a", "1"), message("b", "2"), message("a", "3"))
	e := *newest(f, "a")
	if err := f.TogglePin(&e); err != nil {
		t.Fatal(err)
	}
	flood(f, "a", 10)
	if got := payloads(f.Pins().Of(Only("a"))); got != "3" || payloads(f.Pins().Of(Only("b"))) != "" || !f.Pins().Has(e.Seq) {
		t.Errorf("pinned are %q", got)
	}
	if near := f.Neighbour(&e, -1); near.Entry == nil || near.Entry.Data != "1" || near.Apart {
		t.Errorf("before it is %+v", near)
	}
	if near := f.Neighbour(f.Neighbour(&e, -1).Entry, +1); near.Entry == nil || near.Entry.Data != "3" || near.Apart {
		t.Errorf("after the one before it is %+v", near)
	}
	if f.Pins().Bytes() != 2*e.cost() {
		t.Errorf("%d bytes", f.Pins().Bytes())
	}
	if err := f.TogglePin(&e); err != nil || f.Pins().Has(e.Seq) || f.Pins().Bytes() != 0 {
		t.Errorf("it is still pinned, %d bytes, %v", f.Pins().Bytes(), err)
	}
}

// The bounds are told in words that say what to do, and change nothing.
func TestPinsAreBounded(t *testing.T) {
	f := New(Limits{PinBytes: 2*entryBytes + 60})
	apply(f, message("a", strings.Repeat("x", 40)), message("a", strings.Repeat("y", 40)))
	if err := f.TogglePin(newest(f, "a")); err != nil { // without the one before it
		t.Fatal(err)
	}
	w := f.All().Window()
	err := f.TogglePin(w.At(0))
	if err == nil || !strings.Contains(err.Error(), "no room") || !strings.Contains(err.Error(), "remove some marks first") || len(f.pins.all) != 1 {
		t.Errorf("%v; %d pinned", err, len(f.pins.all))
	}
	f = New(Limits{})
	for i := range maxPins + 1 {
		apply(f, message("a", fmt.Sprint(i)))
		err = f.TogglePin(newest(f, "a"))
	}
	if err == nil || !strings.Contains(err.Error(), "more than 100 marks") || len(f.pins.all) != maxPins {
		t.Errorf("%v; %d pinned", err, len(f.pins.all))
	}
}

// Where the neighbour is no longer held, the nearest that is kept stands in, and is said to be
// apart.
func TestNeighbourIsTheNearestThatIsHeld(t *testing.T) {
	f := New(Limits{TopicMessages: 2, AllMessages: 2})
	f.Find(parsed(t, "needle"))
	var all []Entry
	for i, data := range []string{"needle1", "2", "needle3", "4", "5", "6"} {
		apply(f, message("a", data))
		f.Finds().Advance(always)
		if all = append(all, *newest(f, "a")); all[i].Data != data {
			t.Fatalf("the newest is %q", all[i].Data)
		}
	}
	near := func(of, by int) string {
		n := f.Neighbour(&all[of], by)
		if n.Entry == nil {
			return "none"
		}
		return fmt.Sprint(n.Entry.Data, " ", n.Apart)
	}
	for _, tt := range []struct {
		of, by int
		want   string
	}{
		{5, -1, "5 false"}, {4, -1, "needle3 true"}, {2, -1, "needle1 true"}, {0, -1, "none"},
		{0, 1, "needle3 true"}, {2, 1, "5 true"}, {4, 1, "6 false"}, {5, 1, "none"},
	} {
		if got := near(tt.of, tt.by); got != tt.want {
			t.Errorf("beside %s by %d is %q, want %q", all[tt.of].Data, tt.by, got, tt.want)
		}
	}
	adjacent := all[0]
	adjacent.Seq = all[2].Seq + 1 // right after it, of all topics
	if near := f.Neighbour(&adjacent, -1); near.Entry == nil || near.Entry.Data != "needle3" || near.Apart {
		t.Errorf("right before it is %+v", near)
	}
	f.Forget("a")
	if got := near(5, -1); got != "needle3 true" {
		t.Errorf("before it, after the topic was forgotten, is %q", got)
	}
}
