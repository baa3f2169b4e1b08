package stream

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

// found returns a stream of n orders, of which each third has failed, filtered to those.
func found(t *testing.T, n int, o Options) (*Pane, *feed.Feed) {
	t.Helper()
	f, v := feed.New(feed.Limits{}), newStream("orders.eu", 90, 12)
	v.SetClock(kittest.Start)
	kittest.Orders(f, "orders.eu", 0, n)
	v.SetOptions(o)
	v.View(f, kittest.Start())
	v.SetFilter(kittest.Filter(t, "failed"))
	v.View(f, kittest.Start())
	return v, f
}

// pressAll presses keys one after the other, and draws the stream after each.
func pressAll(v *Pane, f *feed.Feed, keys ...string) (last kit.Intent) {
	for _, k := range keys {
		last = v.Update(kittest.Press(k), f)
		v.View(f, kittest.Start())
	}
	return last
}

// at fails unless the cursor is on the order with a number, and the answer of the stream is
// said.
func at(t *testing.T, v *Pane, f *feed.Feed, id int, said string) {
	t.Helper()
	if e := v.Current(f); e == nil || !strings.Contains(e.Data, fmt.Sprintf(`"id":%d,`, id)) {
		t.Fatalf("the cursor is on %v, want %d", e, id)
	}
	if top := v.View(f, kittest.Start())[0]; v.said != said || !strings.Contains(top, said) {
		t.Fatalf("it says %q, want %q, in %q", v.said, said, top)
	}
}

func TestStreamGoesToHits(t *testing.T) {
	for _, o := range []Options{
		{}, {Context: 1}, {Context: 5}, {Filter: DimOthers}, {Filter: ShowOthers}, {Filter: DimOthers, Wrap: true},
	} {
		t.Run(fmt.Sprintf("%+v", o), func(t *testing.T) {
			v, f := found(t, 11, o) // hits are 4711, 4714, 4717, 4720
			pressAll(v, f, "g", "n")
			if o.Context > 0 || o.Filter != HideOthers {
				at(t, v, f, 4714, "")
			}
			pressAll(v, f, "g")
			for _, id := range []int{4714, 4717, 4720} {
				pressAll(v, f, "n")
				at(t, v, f, id, "")
			}
			pressAll(v, f, "n")
			at(t, v, f, 4720, "no newer hit, N goes back")
			pressAll(v, f, "n")
			at(t, v, f, 4711, "from the first hit again")
			if top := v.View(f, kittest.Start())[0]; !strings.Contains(top, "hit 1 of 4") {
				t.Errorf("it does not say which hit: %s", top)
			}
			pressAll(v, f, "N")
			at(t, v, f, 4711, "no older hit, n goes on")
			pressAll(v, f, "j", "k", "N") // other keys in between: asked for the first time
			at(t, v, f, 4711, "no older hit, n goes on")
			pressAll(v, f, "N")
			at(t, v, f, 4720, "from the last hit again")
			pressAll(v, f, "N", "N")
			at(t, v, f, 4714, "")
		})
	}
}

// Hits are found while messages flood in, and while the stream is held: n and N
// hold it.
func TestStreamGoesToHitsUnderAFlood(t *testing.T) {
	for _, mode := range []FilterMode{HideOthers, DimOthers, ShowOthers} {
		v, f := found(t, 1000, Options{Filter: mode})
		f.Find(kittest.Filter(t, "failed"))
		for i, id := range []int{5707, 5704, 5701} {
			pressAll(v, f, "N")
			at(t, v, f, id, "")
			before := kittest.Body(v.View(f, kittest.Start()))
			kittest.Orders(f, "orders.eu", 1000+i*9000, 9000)
			if after := kittest.Body(v.View(f, kittest.Start())); kittest.Text(after) != kittest.Text(before) {
				t.Fatalf("it moved from\n%s\nto\n%s", kittest.Text(before), kittest.Text(after))
			}
		}
		pressAll(v, f, "n", "n", "n") // the last of what it shows
		at(t, v, f, 5710, "")
		pressAll(v, f, "n") // the next one has come since
		at(t, v, f, 5713, "searched 27,000 newer")
		v.SetPaused(true)
		pressAll(v, f, "n")
		at(t, v, f, 5716, "")
		kittest.Orders(f, "orders.eu", 28000, 1)
		pressAll(v, f, "G")
		v.Follow(true)
		newest := map[bool]int{true: 32710, false: 32711}[mode == HideOthers]
		pressAll(v, f, "n")
		at(t, v, f, newest, "no newer hit, N goes back")
	}
}

func TestStreamSaysWhyThereIsNoHit(t *testing.T) {
	v, f := found(t, 10, Options{Filter: DimOthers})
	v.SetFilter(kittest.Filter(t, "4713"))
	pressAll(v, f, "n", "n", "n")
	at(t, v, f, 4713, "the only hit")
	v.SetFilter(kittest.Filter(t, "nothing"))
	pressAll(v, f, "n")
	at(t, v, f, 4713, "no hits")
	pressAll(v, f, "N")
	at(t, v, f, 4713, "no hits")
	v.SetFilter(feed.Filter{})
	pressAll(v, f, "n")
	at(t, v, f, 4713, "nothing to find: no filter is set")
	pressAll(v, f, "j")
	at(t, v, f, 4714, "")
}

// While the search goes on, no hit is called the first or the last one, since it may not be.
func TestStreamGoesToHitsWhileSearching(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newStream("orders.eu", 90, 12)
	clock, each := kittest.Start(), searchTime/400
	v.SetClock(func() time.Time { clock = clock.Add(each); return clock })
	v.SetOptions(Options{Filter: ShowOthers})
	kittest.Orders(f, "orders.eu", 0, 4000)
	pressAll(v, f, "G", "k")
	v.SetFilter(kittest.Filter(t, "failed"))
	pressAll(v, f, "N")
	at(t, v, f, 8709, "not that far yet: still searching")
	pressAll(v, f, "n")
	at(t, v, f, 8709, "no hit yet: still searching")
	for v.Search(f) {
	}
	pressAll(v, f, "N")
	at(t, v, f, 8707, "")
}

// A search that was under way ends when there is no filter any more.
func TestStreamEndsItsSearchWithTheFilter(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newStream("orders.eu", 90, 12)
	clock, each := kittest.Start(), searchTime/400
	v.SetClock(func() time.Time { clock = clock.Add(each); return clock })
	kittest.Orders(f, "orders.eu", 0, 4000)
	v.SetFilter(kittest.Filter(t, "failed"))
	f.Find(kittest.Filter(t, "failed"))
	if !v.Search(f) {
		t.Fatal("it is done at once")
	}
	v.SetFilter(feed.Filter{})
	f.Find(feed.Filter{})
	if v.Search(f) {
		t.Error("it goes on searching")
	}
}

// The cursor goes to the first hit after its place, even if the search finds that hit much
// later.
func TestStreamKeepsItsPlaceUntilTheSearchIsThere(t *testing.T) {
	for _, mode := range []FilterMode{HideOthers, ShowOthers} {
		f, v := feed.New(feed.Limits{}), newStream("orders.eu", 90, 12)
		clock, each := kittest.Start(), searchTime/400
		v.SetClock(func() time.Time { clock = clock.Add(each); return clock })
		v.SetOptions(Options{Filter: mode})
		kittest.Orders(f, "orders.eu", 0, 4000)
		pressAll(v, f, "G", "pgup", "pgup")
		here := v.Current(f)
		v.BeginFilter()
		v.TryFilter(kittest.Filter(t, "70[0-9],"))
		for v.Search(f) {
			v.View(f, kittest.Start())
		}
		v.View(f, kittest.Start())
		at(t, v, f, 8700, "")
		v.TryFilter(kittest.Filter(t, ""))
		v.View(f, kittest.Start())
		if v.Current(f).Seq != here.Seq {
			t.Fatalf("from %v to %v", here, v.Current(f))
		}
	}
}

// TestStreamFilterAsItIsTyped: the cursor goes on to the first hit from where it
// was, and comes back.
func TestStreamFilterAsItIsTyped(t *testing.T) {
	for _, mode := range []FilterMode{HideOthers, DimOthers, ShowOthers} {
		f, v := feed.New(feed.Limits{}), newStream("orders.eu", 90, 12)
		v.SetClock(kittest.Start)
		v.SetOptions(Options{Filter: mode})
		kittest.Orders(f, "orders.eu", 0, 100)
		pressAll(v, f, "g", "pgdown", "j", "j", "j", "k") // 4723
		before := kittest.Body(v.View(f, kittest.Start()))
		v.BeginFilter()
		for _, step := range []struct {
			text string
			id   int
		}{
			{"47", 4723}, {"477", 4770}, {"4775", 4775}, {"4724", 4724}, {"paid", 4724}, {"472", 4723},
		} {
			v.TryFilter(kittest.Filter(t, step.text))
			v.View(f, kittest.Start())
			at(t, v, f, step.id, "")
		}
		v.TryFilter(kittest.Filter(t, ""))
		if after := kittest.Body(v.View(f, kittest.Start())); kittest.Text(after) != kittest.Text(before) {
			t.Fatalf("it came back from\n%s\nto\n%s", kittest.Text(before), kittest.Text(after))
		}
		v.TryFilter(kittest.Filter(t, "4775"))
		v.SetFilter(kittest.Filter(t, "4775"))
		v.View(f, kittest.Start())
		v.SetFilter(kittest.Filter(t, ""))
		v.View(f, kittest.Start())
		at(t, v, f, 4775, "")
	}
}

// A stream that follows goes on doing so while a filter is typed.
func TestStreamFollowsWhileAFilterIsTyped(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newStream("orders.eu", 90, 12)
	v.SetClock(kittest.Start)
	v.SetOptions(Options{Filter: DimOthers})
	kittest.Orders(f, "orders.eu", 0, 100)
	v.View(f, kittest.Start())
	v.BeginFilter()
	v.TryFilter(kittest.Filter(t, "4711"))
	kittest.Orders(f, "orders.eu", 100, 1)
	v.View(f, kittest.Start())
	at(t, v, f, 4811, "")
	if v.source.frozen {
		t.Fatal("it does not follow any longer")
	}
}

func TestStreamAsksForAnotherLook(t *testing.T) {
	v, f := found(t, 10, Options{})
	var modes []FilterMode
	var contexts []int
	for range 4 {
		o := pressAll(v, f, "x").(Look).Options
		modes = append(modes, o.Filter)
		v.SetOptions(o)
		o = pressAll(v, f, "c").(Look).Options
		contexts = append(contexts, o.Context)
		v.SetOptions(o)
	}
	if got := fmt.Sprint(modes, contexts); got != "[dim highlight filter dim] [1 3 5 0]" {
		t.Errorf("the looks are %s", got)
	}
	v.SetFilter(kittest.Filter(t, ""))
	pressAll(v, f, "x")
	if v.said != "a filter will highlight only" {
		t.Errorf("it says %q", v.said)
	}
	pressAll(v, f, "c")
	if v.said != "±1 lines, where a filter hides" {
		t.Errorf("it says %q", v.said)
	}
}

// TestStreamFilterView: each mode at two sizes, with a gap, marks and the signs of
// the hits.
func TestStreamFilterView(t *testing.T) {
	for name, tt := range map[string]struct {
		text    string
		options Options
	}{
		"hide":      {`"status":"failed"`, Options{}},
		"context":   {`"id":471[17]`, Options{Context: 1, Times: TimeDelta}},
		"dim":       {`jq .status == "failed"`, Options{Filter: DimOthers}},
		"highlight": {`failed`, Options{Filter: ShowOthers}},
		"inverse":   {`!jq .status == "failed"`, Options{Filter: DimOthers, Wrap: true}},
	} {
		for _, w := range []int{48, 90} {
			t.Run(fmt.Sprint(w, " ", name), func(t *testing.T) {
				f := feed.New(feed.Limits{})
				f.Tick(kittest.Start())
				kittest.Orders(f, "orders.eu", 0, 8)
				back := kittest.Start().Add(3 * time.Second)
				f.Apply([]jolt.Event{&jolt.Gap{From: kittest.Start().Add(900 * time.Millisecond), To: back}})
				kittest.Orders(f, "orders.us", 3000, 2)
				v := newStream("", w, 14)
				v.SetClock(kittest.Start)
				v.SetOptions(tt.options)
				pressAll(v, f, "g", "j", "b", "j")
				v.SetFilter(kittest.Filter(t, tt.text))
				kittest.RequireGolden(t, v.View(f, kittest.Start()))
			})
		}
	}
}
