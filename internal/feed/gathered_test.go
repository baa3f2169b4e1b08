package feed

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"joltui/jolt"
)

// Whatever comes before and after, the stream of some topics is what was held of them, in
// order, and all that came since; or the end of that.
func TestGatherModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := New(Limits{
			TopicMessages: rapid.IntRange(1, 40).Draw(t, "topic messages"),
			AllMessages:   rapid.IntRange(1, 60).Draw(t, "all messages"),
			TopicBytes:    rapid.SampledFrom([]int{5_000, 1 << 20}).Draw(t, "topic bytes"),
			Topics:        rapid.IntRange(3, 8).Draw(t, "topics"),
		})
		var want []string
		match := func(topic string) bool { return strings.HasPrefix(topic, "shop.") }
		gathering := false
		number := 0
		t.Repeat(map[string]func(*rapid.T){
			"messages": func(t *rapid.T) {
				var batch []jolt.Event
				for range rapid.IntRange(1, 60).Draw(t, "n") {
					number++
					m := message(rapid.SampledFrom([]string{"shop.a", "shop.b", "shop.c", "bank", "d", "e"}).Draw(t, "topic"), fmt.Sprint(number))
					batch = append(batch, m)
					if match(m.Topic) {
						want = append(want, m.Data)
					}
				}
				f.Apply(batch)
			},
			"gap": func(*rapid.T) {
				number++
				apply(f, &jolt.Gap{From: start.Add(time.Duration(number) * time.Second), To: start.Add(time.Duration(number) * time.Second)})
				want = withGap(want)
			},
			"want": func(t *rapid.T) { f.Want(rapid.SampledFrom([]string{"shop.a", "shop.b"}).Draw(t, "topic"), start) },
			"gather": func(*rapid.T) {
				f.Gather(match)
				gathering = true
				want = heldOf(f, match)
			},
			"": func(t *rapid.T) {
				if !gathering {
					return
				}
				got := contents(f.Gathered().Window())
				if !isTail(want, got) {
					t.Fatalf("it has %v\nof %v", got, want)
				}
				if most := min(f.limits.AllMessages, f.limits.TopicMessages); len(got) < min(most, len(want)) {
					t.Fatalf("it has %d of %d, with room for %d", len(got), len(want), most)
				}
			},
		})
	})
}

// heldOf returns what is held of the topics that match, in the order in which it came.
func heldOf(f *Feed, match func(string) bool) []string {
	var all []*Entry
	for _, t := range f.Topics() {
		for pos := t.History().Window().First(); match(t.Name) && pos < t.History().Window().Next(); pos++ {
			all = append(all, t.History().Window().At(pos))
		}
	}
	slices.SortStableFunc(all, func(a, b *Entry) int { return int(int64(a.Seq - b.Seq)) })
	var texts []string
	for _, e := range all {
		if e.Gap != nil {
			texts = withGap(texts)
		} else {
			texts = append(texts, e.Data)
		}
	}
	return texts
}

// The stream of before stays as it was when another one, or none, takes its place.
func TestGatherAnother(t *testing.T) {
	f := New(Limits{})
	apply(f, message("a", "1"), message("b", "2"))
	f.Gather(func(topic string) bool { return topic == "a" })
	first := f.Gathered()
	f.Gather(nil)
	apply(f, message("a", "3"))
	if f.Gathered() != nil || first.Len() != 1 {
		t.Errorf("there is %v, and the one before has %d messages", f.Gathered(), first.Len())
	}
	f.Forget("a")
	f.Gather(func(topic string) bool { return topic == "a" })
	apply(f, message("a", "4"))
	if got := contents(f.Gathered().Window()); !slices.Equal(got, []string{"4"}) {
		t.Errorf("of a topic that came again it has %q", got)
	}
}
