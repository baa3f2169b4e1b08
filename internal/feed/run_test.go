package feed

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"joltui/jolt"
)

// TestRunsComeToTheSame: batches, whose messages are applied in runs, have exactly the same
// result as the same events one by one.
func TestRunsComeToTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limits := Limits{
			TopicMessages: rapid.IntRange(1, 40).Draw(t, "topic messages"),
			AllMessages:   rapid.IntRange(1, 80).Draw(t, "all messages"),
			TopicBytes:    rapid.SampledFrom([]int{500, 5_000, 20_000, 1 << 20}).Draw(t, "topic bytes"),
			AllBytes:      rapid.SampledFrom([]int{500, 5_000, 1 << 20}).Draw(t, "all bytes"),
			Body:          rapid.SampledFrom([]int{20, 600, 1 << 20}).Draw(t, "body"),
			Topics:        rapid.IntRange(2, 8).Draw(t, "topics"),
		}
		inRuns, oneByOne := New(limits), New(limits)
		number := 0
		for range rapid.IntRange(1, 12).Draw(t, "batches") {
			now := start.Add(time.Duration(number) * time.Millisecond)
			var batch []jolt.Event
			for range rapid.IntRange(1, 120).Draw(t, "events") {
				number++
				batch = append(batch, anyEvent(t, number))
			}
			inRuns.Tick(now)
			inRuns.Apply(batch)
			oneByOne.Tick(now)
			for _, e := range batch {
				oneByOne.event(e)
			}
			checkCounters(t, inRuns)
			if diff := cmp.Diff(remembered(oneByOne), remembered(inRuns)); diff != "" {
				t.Fatalf("one by one (-) and in runs (+):\n%s", diff)
			}
		}
	})
}

// anyEvent is mostly a message, on one of a few topics that take turns or not.
func anyEvent(t *rapid.T, number int) jolt.Event {
	at := start.Add(time.Duration(number) * time.Millisecond)
	switch kind := rapid.IntRange(0, 60).Draw(t, "kind"); kind {
	case 0:
		return &jolt.Gap{To: at}
	case 1:
		return replyTo(subscribe("t1"), jolt.Acknowledged, nil)
	default:
		size := rapid.SampledFrom([]int{0, 1, 30, 700}).Draw(t, "size")
		return &jolt.Message{At: at, Topic: fmt.Sprint("t", kind%9/2), Data: fmt.Sprint(number, strings.Repeat(".", size))}
	}
}

// remembered is all that a feed shows.
func remembered(f *Feed) map[string]any {
	entries := func(h *History) (all []Entry) {
		w := h.Window()
		for pos := w.First(); pos < w.Next(); pos++ {
			all = append(all, *w.At(pos))
		}
		return all
	}
	all := map[string]any{
		"counters": f.Counters(), "rate": f.meter.rate, "running": f.meter.count,
		"all": entries(f.All()), "all from": f.All().first, "all bytes": f.All().bytes, "held bytes": f.heldBytes,
	}
	for _, t := range f.Topics() {
		all[t.Name] = []any{
			t.State, t.Received, t.Bytes, t.Evicted, t.Dropped, t.Truncated, t.Since, t.LastAt,
			entries(t.History()), t.history.first, t.history.bytes, t.meter.count, t.meter.size, t.booked.messages,
		}
	}
	return all
}

// TestFloodIsNotCopied: messages that later ones of the same batch would evict are not copied.
func TestFloodIsNotCopied(t *testing.T) {
	f := New(Limits{TopicMessages: 100, AllMessages: 100})
	batch := traffic(24_000, 1)
	f.Apply(batch)
	if got := testing.AllocsPerRun(10, func() { f.Apply(batch) }); got > 150 {
		t.Errorf("%v allocations for 24,000 messages of which 100 are kept", got)
	}
	if c := f.Counters(); c.Held != 100 || c.Received != 12*24_000 {
		t.Errorf("counters are %+v", c)
	}
}
