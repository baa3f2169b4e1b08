package feed

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"joltui/jolt"
)

// model is the naive version of a feed: all that ever came.
type model struct {
	topics                   map[string][]string // contents by topic, gaps as "gap"
	all                      []string
	wanted                   map[string]bool
	received, dropped, bytes uint64
}

func (m *model) message(topic, data string) {
	m.topics[topic] = append(m.topics[topic], data)
	m.all = append(m.all, data)
	m.received++
	m.bytes += uint64(len(data))
}

func (m *model) gap() {
	m.all = withGap(m.all)
	for topic := range m.wanted {
		m.topics[topic] = withGap(m.topics[topic])
	}
}

// withGap ends a stream with a gap, of which there are no two in a row.
func withGap(stream []string) []string {
	if n := len(stream); n > 0 && stream[n-1] == "gap" {
		return stream
	}
	return append(stream, "gap")
}

// isTail reports whether held is the end of all.
func isTail(all, held []string) bool {
	return len(held) <= len(all) && slices.Equal(held, all[len(all)-len(held):])
}

// TestFeedModel: whatever happens, the counters are those of a naive recount,
// and each history is the end of all that came.
func TestFeedModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := New(Limits{
			TopicMessages: rapid.IntRange(1, 40).Draw(t, "topic messages"),
			AllMessages:   rapid.IntRange(1, 100).Draw(t, "all messages"),
			TopicBytes:    rapid.IntRange(1, 20_000).Draw(t, "topic bytes"),
			AllBytes:      rapid.IntRange(1, 10_000).Draw(t, "all bytes"),
		})
		m := model{topics: map[string][]string{}, wanted: map[string]bool{}}
		name := rapid.SampledFrom([]string{"a", "b", "c", "d"})
		number := 0
		t.Repeat(map[string]func(*rapid.T){
			"messages": func(t *rapid.T) {
				var batch []jolt.Event
				topic := name.Draw(t, "topic")
				for range rapid.IntRange(1, 50).Draw(t, "n") {
					number++
					data := fmt.Sprint(number, strings.Repeat(".", number%7*20))
					batch = append(batch, message(topic, data))
					m.message(topic, data)
				}
				f.Apply(batch)
			},
			"dropped": func(t *rapid.T) {
				n := rapid.Uint64Range(1, 1000).Draw(t, "n")
				f.Dropped(name.Draw(t, "topic"), n, 3*n)
				m.received += n
				m.dropped += n
				m.bytes += 3 * n
			},
			"want": func(t *rapid.T) {
				topic := name.Draw(t, "topic")
				f.Want(topic, start)
				m.wanted[topic] = true
			},
			"forget": func(t *rapid.T) {
				topic := name.Draw(t, "topic")
				f.Forget(topic)
				delete(m.topics, topic)
				delete(m.wanted, topic)
			},
			"gap": func(*rapid.T) {
				apply(f, &jolt.Gap{To: start})
				m.gap()
			},
			"": func(t *rapid.T) {
				checkCounters(t, f)
				c := f.Counters()
				if c.Received != m.received || c.Dropped != m.dropped || c.Bytes != m.bytes {
					t.Fatalf("counters are %+v, want %d received, %d dropped, %d bytes", c, m.received, m.dropped, m.bytes)
				}
				if held := contents(f.All().Window()); !isTail(m.all, held) {
					t.Fatalf("all holds %v", held)
				}
				for _, topic := range f.Topics() {
					if held := contents(topic.History().Window()); !isTail(m.topics[topic.Name], held) {
						t.Fatalf("%s holds %v of %v", topic.Name, held, m.topics[topic.Name])
					}
				}
			},
		})
	})
}

// TestLedgerModel: every request that was begun is pending or has one outcome,
// also when its row is long gone.
func TestLedgerModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := New(Limits{LogRows: rapid.IntRange(1, 20).Draw(t, "rows")})
		var pending []jolt.Request
		ended := map[jolt.Outcome]uint64{}
		ref := uint64(0)
		t.Repeat(map[string]func(*rapid.T){
			"begin": func(t *rapid.T) {
				ref++
				r := jolt.Request{Op: rapid.SampledFrom([]jolt.Op{jolt.OpPublish, jolt.OpSubscribe}).Draw(t, "op"), Topic: "t", Ref: ref}
				f.Log().Begin(r, start)
				pending = append(pending, r)
			},
			"reply": func(t *rapid.T) {
				if len(pending) == 0 {
					return
				}
				outcome := jolt.Outcome(rapid.IntRange(int(jolt.Acknowledged), int(jolt.NotSent)).Draw(t, "outcome"))
				apply(f, replyTo(pending[0], outcome, nil))
				pending = pending[1:]
				ended[outcome]++
			},
			"": func(t *rapid.T) {
				l := f.Log()
				if got := l.Totals().Outcome(jolt.Pending); got != uint64(len(pending)) {
					t.Fatalf("%d are pending, want %d", got, len(pending))
				}
				for outcome, want := range ended {
					if got := l.Totals().Outcome(outcome); got != want {
						t.Fatalf("%d are %v, want %d", got, outcome, want)
					}
				}
				for pos := l.First(); pos < l.Next(); pos++ {
					row := l.At(pos)
					if row.Kind == RowRequest && row.Outcome == jolt.Pending &&
						!slices.ContainsFunc(pending, func(r jolt.Request) bool { return r.Ref == row.Request.Ref }) {
						t.Fatalf("row %d says pending, but its reply has come", pos)
					}
				}
			},
		})
	})
}
