package views

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"joltui/feed"
	"joltui/jolt"
)

func newTopics(w, h int) *Topics {
	v := NewTopics(&Styles{}, testTopicsKeys())
	v.SetSize(w, h)
	v.SetFocus(true)
	return v
}

func TestTopicsView(t *testing.T) {
	for _, w := range []int{24, 40} {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			f, v := lively(), newTopics(w, 11)
			v.Select("orders.eu")
			v.Update(keyPress("v"), f)
			requireGolden(t, v.View(f, start().Add(4*time.Minute)))
		})
	}
}

func TestTopicsSelectionGoesByName(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newTopics(30, 8)
	for _, name := range []string{"b", "d", "f"} {
		f.Want(name, start())
	}
	v.Select("d")
	v.View(f, start())
	f.Want("a", start())
	f.Want("c", start())
	if v.View(f, start()); v.Selected() != "d" {
		t.Fatalf("selected %q after others came, want d", v.Selected())
	}
	f.Forget("d")
	if v.View(f, start()); v.Selected() != "f" {
		t.Fatalf("selected %q after d went, want its neighbour f", v.Selected())
	}
	f.Forget("f")
	if v.View(f, start()); v.Selected() != "c" {
		t.Fatalf("selected %q after the last one went, want c", v.Selected())
	}
	for _, name := range []string{"a", "b", "c"} {
		f.Forget(name)
	}
	if v.View(f, start()); v.Selected() != "" {
		t.Fatalf("selected %q with no topic left, want all topics", v.Selected())
	}
}

func TestTopicsMove(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newTopics(30, 6)
	for i := range 20 {
		f.Want(fmt.Sprintf("t%02d", i), start())
	}
	for _, step := range []struct{ key, want string }{
		{"k", ""}, {"j", "t00"}, {"pgdown", "t04"}, {"G", "t19"}, {"j", "t19"}, {"k", "t18"}, {"g", ""}, {"end", "t19"}, {"x", "t19"},
	} {
		v.View(f, start())
		if v.Update(keyPress(step.key), f); v.Selected() != step.want {
			t.Fatalf("after %s %q is selected, want %q", step.key, v.Selected(), step.want)
		}
	}
	f.Want("zz", start())
	if v.View(f, start()); v.Selected() != "t19" {
		t.Fatalf("selected %q: the list followed its end", v.Selected())
	}
	if shown := strings.Join(v.View(f, start()), "\n"); !strings.Contains(shown, "▸◌ t19") {
		t.Fatalf("the selected row is not on screen:\n%s", shown)
	}
}

func TestTopicsStepsOverTheNamelessOne(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newTopics(30, 8)
	f.Apply([]jolt.Event{message(start(), "", "x"), message(start(), "a", "x")})
	for _, step := range []struct{ key, want string }{{"j", "a"}, {"k", ""}, {"k", ""}, {"G", "a"}} {
		if v.Update(keyPress(step.key), f); v.Selected() != step.want {
			t.Fatalf("after %s %q is selected, want %q", step.key, v.Selected(), step.want)
		}
	}
}

func TestTopicsTiles(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newTopics(30, 8)
	for _, name := range []string{"a", "b", "c"} {
		f.Want(name, start())
	}
	for _, name := range []string{"", "c", "a", "b", "a"} {
		v.Select(name)
		v.Update(keyPress("v"), f)
	}
	if want := []string{"c", "b"}; !slices.Equal(v.Tiled(), want) {
		t.Fatalf("tiled %q, want %q", v.Tiled(), want)
	}
	f.Forget("c")
	if v.View(f, start()); !slices.Equal(v.Tiled(), []string{"b"}) {
		t.Fatalf("tiled %q after c was forgotten, want b", v.Tiled())
	}
}

func TestTopicsOpen(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newTopics(30, 8)
	if got := v.Update(keyPress("enter"), f); got != (Open{}) {
		t.Fatalf("intent %#v, want Open", got)
	}
}

// TestTopicsCostOfManyTopics fails if drawing depends on rows that are not on
// screen.
func TestTopicsCostOfManyTopics(t *testing.T) {
	cost := func(n int) float64 {
		f, v := feed.New(feed.Limits{}), newTopics(40, 20)
		for i := range n {
			f.Want(fmt.Sprintf("topic.%05d", i), start())
		}
		v.View(f, start())
		return testing.AllocsPerRun(10, func() { v.View(f, start()) })
	}
	if few, many := cost(1_000), cost(9_000); few != many {
		t.Fatalf("%v allocations with 1,000 topics, %v with 9,000", few, many)
	}
}

func TestTopicsRejected(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newTopics(60, 5)
	f.Apply([]jolt.Event{reply(jolt.OpSubscribe, "secret", jolt.Rejected,
		&jolt.RejectedError{Text: "forbidden\x1b[2J: no"})})
	shown := strings.Join(v.View(f, start()), "\n")
	if !strings.Contains(shown, "✗ secret") || !strings.Contains(shown, `forbidden\x1b[2J: no`) {
		t.Fatalf("the refusal does not show:\n%s", shown)
	}
}
