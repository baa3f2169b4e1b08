package feed

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// retained is what the chunks of h keep alive, evicted entries included.
func (h *History) retained() int {
	sum := 0
	for _, c := range h.chunks {
		for i := range c.entries {
			sum += c.entries[i].cost()
		}
		sum += (cap(c.entries) - len(c.entries)) * entryBytes
	}
	return sum
}

// frozen is a window and what it showed when it was taken.
type frozen struct {
	window Window
	want   []string
}

// TestHistoryModel compares a history with a slice, and windows with what they
// showed when they were taken.
func TestHistoryModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h History
		var all []string // by position, evicted ones included
		first := 0
		var windows []frozen
		t.Repeat(map[string]func(*rapid.T){
			"push": func(t *rapid.T) {
				for range rapid.IntRange(1, 400).Draw(t, "n") {
					data := fmt.Sprint(len(all))
					h.push(&Entry{Seq: uint64(len(all)), Data: data})
					all = append(all, data)
				}
			},
			"evict": func(t *rapid.T) {
				for range rapid.IntRange(0, h.Len()).Draw(t, "n") {
					if h.evict(1) != 1 {
						t.Fatal("evicted a gap that was never pushed")
					}
					first++
				}
			},
			"window": func(*rapid.T) {
				windows = append(windows, frozen{h.Window(), slices.Clone(all[first:])})
			},
			"": func(t *rapid.T) {
				w := h.Window()
				if w.First() != uint64(first) || w.Next() != uint64(len(all)) || w.Len() != h.Len() {
					t.Fatalf("window is [%d, %d), want [%d, %d)", w.First(), w.Next(), first, len(all))
				}
				if got := contents(w); !slices.Equal(got, all[first:]) {
					t.Fatal(cmp.Diff(got, all[first:]))
				}
				for _, fr := range windows {
					if got := contents(fr.window); !slices.Equal(got, fr.want) {
						t.Fatalf("a window has changed: %s", cmp.Diff(got, fr.want))
					}
				}
			},
		})
	})
}

func TestWindowAtOutside(t *testing.T) {
	var h History
	for range 600 {
		h.push(&Entry{})
	}
	for range 300 {
		h.evict(1)
	}
	w := h.Window()
	for _, pos := range []uint64{0, 299, 600, 1 << 63} {
		if e := w.At(pos); e != nil {
			t.Errorf("At(%d) = %+v, want nil", pos, e)
		}
	}
	if w.At(300) == nil || w.At(599) == nil {
		t.Error("the first or the last entry is missing")
	}
	if (Window{}).At(0) != nil || (FilteredWindow{}).At(0) != nil {
		t.Error("an empty window has an entry")
	}
}

// TestHistoryLetsGo: evicted entries never outweigh those that are held, by
// more than a chunk of empty ones.
func TestHistoryLetsGo(t *testing.T) {
	const allowance = 2 * chunkLen * entryBytes
	rapid.Check(t, func(t *rapid.T) {
		var h History
		limit := rapid.SampledFrom([]int{0, 1 << 10, 100 << 10, 1 << 20}).Draw(t, "limit")
		size := rapid.SampledFrom([]int{0, 128, 64 << 10}).Draw(t, "size")
		e := Entry{Data: strings.Repeat("x", size)}
		for range 3 * chunkLen {
			h.push(&e)
			for h.bytes > limit {
				h.evict(1)
			}
			if got := h.retained(); got > 2*h.bytes+allowance {
				t.Fatalf("keeps %d bytes alive for the %d it holds", got, h.bytes)
			}
		}
	})
}

// TestManySmallHistories: a topic that holds little takes little, whatever went
// through it.
func TestManySmallHistories(t *testing.T) {
	f := New(Limits{TopicMessages: 3})
	for i := range 200_000 {
		apply(f, message(fmt.Sprint("topic", i%100), "x"))
	}
	for _, topic := range f.Topics() {
		if got := topic.history.retained(); got > 16*entryBytes {
			t.Fatalf("%s holds 3 entries and keeps %d bytes alive", topic.Name, got)
		}
	}
	checkCounters(t, f)
}

func TestGapIsNoMessage(t *testing.T) {
	var h History
	h.push(&Entry{Gap: &Gap{}})
	h.push(&Entry{})
	if h.evict(1) != 0 {
		t.Error("a gap was evicted as a message")
	}
	if h.evict(1) != 1 {
		t.Error("a message was evicted as a gap")
	}
}
