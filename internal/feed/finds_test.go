package feed

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"joltui/jolt"
)

// always lets a search go on until it is done.
func always() bool { return true }

// payloads returns the payloads of entries, joined.
func payloads(all []*Entry) string {
	var b strings.Builder
	for _, e := range all {
		b.WriteString(" " + e.Data)
	}
	return strings.TrimPrefix(b.String(), " ")
}

func wantFinds(t rapid.TB, f *Feed, topic, want string) {
	t.Helper()
	if got := payloads(f.Finds().Before(f.seq+1, Only(topic), nil)); got != want {
		t.Errorf("%q: kept %q, want %q", topic, got, want)
	}
}

// flood sends n messages on a topic that no filter of these tests selects.
func flood(f *Feed, topic string, n int) {
	for range n {
		apply(f, message(topic, "x"))
		if f.finds != nil {
			f.finds.Advance(always)
		}
	}
}

// What a filter has found stays, whatever comes that does not match: by regular expression
// and by jq, on all topics and on one.
func TestFindsOutliveTheHistories(t *testing.T) {
	for _, text := range []string{"needle", `jq .n == "needle"`} {
		f := New(Limits{TopicMessages: 10, AllMessages: 10})
		apply(f, message("a", `{"n":"needle"}`))
		f.Find(parsed(t, text))
		flood(f, "a", 20)
		apply(f, message("b", `{"n":"needle"}`), message("b", "x"))
		flood(f, "a", 20)
		if held := contents(f.All().Window()); strings.Contains(fmt.Sprint(held), "needle") {
			t.Fatalf("the history still has it: %v", held)
		}
		wantFinds(t, f, "", `{"n":"needle"} {"n":"needle"}`)
		wantFinds(t, f, "b", `{"n":"needle"}`)
		if k := f.Finds(); k.Len() != 2 || k.Bytes() != k.found[0].cost()+k.found[1].cost() || k.Missed() != 0 || k.Since() != start {
			t.Errorf("%d finds of %d bytes, %d missed, since %v", k.Len(), k.Bytes(), k.Missed(), k.Since())
		}
	}
}

// A filter takes over what the one before has kept, if it matches; so does one that is set
// after there was none for a while.
func TestFindsOfTheFilterBefore(t *testing.T) {
	f := New(Limits{AllMessages: 5, TopicMessages: 5})
	f.Find(parsed(t, "needle"))
	same := f.Finds()
	for i := range 3 {
		apply(f, message("a", fmt.Sprint("needle", i)))
	}
	flood(f, "a", 10)
	if f.Find(parsed(t, "needle")); f.Finds() != same {
		t.Error("the same filter began anew")
	}
	f.Find(parsed(t, "needle[12]"))
	f.Finds().Advance(always)
	wantFinds(t, f, "", "needle1 needle2")
	f.Find(Filter{})
	if f.Finds() != nil {
		t.Fatal("no filter still finds")
	}
	f.Find(parsed(t, "2"))
	f.Finds().Advance(always)
	wantFinds(t, f, "", "needle2")
}

// Finds are bounded in number and bytes: the oldest go, and are counted.
func TestFindsAreBounded(t *testing.T) {
	cost := (&Entry{Topic: "a", Data: "needle0"}).cost()
	for name, limits := range map[string]Limits{
		"number": {Finds: 3, AllMessages: 2}, "bytes": {FindBytes: 3*cost + 1, AllMessages: 2},
	} {
		f := New(limits)
		f.Find(parsed(t, "needle"))
		for i := range 8 {
			apply(f, message("a", fmt.Sprint("needle", i)))
			f.Finds().Advance(always)
		}
		wantFinds(t, f, "", "needle5 needle6 needle7")
		if k := f.Finds(); k.Gone() != 5 || k.Bytes() != 3*cost {
			t.Errorf("%s: %d gone, %d bytes", name, k.Gone(), k.Bytes())
		}
	}
}

// What made room before it could be searched is counted, and nothing is said about it.
func TestFindsCountWhatTheyMissed(t *testing.T) {
	f := New(Limits{AllMessages: 4, TopicMessages: 8})
	f.Find(parsed(t, "needle"))
	apply(f, message("a", "needle0"))
	for range 6 {
		apply(f, message("a", "x"))
	}
	k := f.Finds()
	k.Advance(always)
	wantFinds(t, f, "", "")
	if k.Missed() != 3 {
		t.Errorf("%d missed, want 3", k.Missed())
	}
	// The history of the topic still has it; a search of that finds and keeps it.
	x := NewFiltered(f.Topic("a").History(), parsed(t, "needle"))
	x.KeepIn(k)
	x.Advance(always)
	wantFinds(t, f, "a", "needle0")
}

// An index takes over what the finds know, and shows the same as one that evaluates all: also
// where the finds have missed messages, or had to let some go.
func TestFilteredAsksTheFinds(t *testing.T) {
	filter := parsed(t, "[1-5]$")
	rapid.Check(t, func(t *rapid.T) {
		f := New(Limits{AllMessages: rapid.IntRange(1, 20).Draw(t, "all"), TopicMessages: 10, Finds: rapid.IntRange(1, 10).Draw(t, "finds")})
		f.Find(filter)
		kept := NewFiltered(f.knownTopic("a", start).History(), filter)
		kept.KeepIn(f.Finds())
		n := 0
		t.Repeat(map[string]func(*rapid.T){
			"send": func(t *rapid.T) {
				for range rapid.IntRange(1, 12).Draw(t, "n") {
					apply(f, message(rapid.SampledFrom([]string{"a", "b"}).Draw(t, "topic"), fmt.Sprint(n)))
					n++
				}
			},
			"find": func(t *rapid.T) { f.Finds().Advance(entries(rapid.IntRange(1, 30).Draw(t, "n"))) },
			"look": func(t *rapid.T) {
				kept.Advance(always)
				plain := NewFiltered(f.Topic("a").History(), filter)
				plain.Advance(always)
				wantContents(t, kept.Window(), strings.Join(contents(plain.Window()), " "))
			},
			"": func(t *rapid.T) {
				k := f.Finds()
				for i, e := range k.found {
					if i > 0 && k.found[i-1].Seq >= e.Seq || !filter.Match(e.Data) {
						t.Fatalf("the finds are %s", payloads(k.found))
					}
				}
			},
		})
	})
}

// A find is a copy of its entry: it keeps no other message of the history in memory.
func TestFindsAreCopies(t *testing.T) {
	f := New(Limits{})
	f.Find(parsed(t, "needle"))
	apply(f, message("a", "needle"))
	f.Finds().Advance(always)
	w := f.All().Window()
	if e := w.At(w.First()); f.Finds().found[0] == e || *f.Finds().found[0] != *e {
		t.Error("a find is no copy of the entry")
	}
}

// BenchmarkFinds reports the time of Apply for a message of 128 bytes, histories full,
// without a filter and with one that finds each hundredth; and of the search beside it.
func BenchmarkFinds(b *testing.B) {
	batch := traffic(1_000, 20)
	for i := 0; i < len(batch); i += 100 {
		m := *batch[i].(*jolt.Message)
		m.Data = `{"status":"failed"}`
		batch[i] = &m
	}
	for _, text := range []string{"", "failed", `"status":"(failed|lost)"`, `jq .status == "failed"`} {
		filter := parsed(b, text)
		b.Run(text, func(b *testing.B) {
			f := New(Limits{})
			f.Find(filter)
			step := func(n int) {
				f.Apply(batch[:n])
				if f.finds != nil {
					for f.finds.Advance(always) {
					}
				}
			}
			for range 30 {
				step(len(batch))
			}
			b.ReportAllocs()
			b.ResetTimer()
			for done := 0; done < b.N; done += len(batch) {
				step(min(len(batch), b.N-done))
			}
		})
	}
}
