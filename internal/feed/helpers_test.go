package feed

import (
	"errors"
	"math"
	"strings"
	"time"

	"pgregory.net/rapid"

	"joltui/jolt"
)

// start is when the tests begin.
var start = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

// at is so many seconds later, to the millisecond.
func at(seconds float64) time.Time {
	return start.Add(time.Duration(math.Round(seconds*1000)) * time.Millisecond)
}

var errLost = errors.New("connection lost")

func message(topic, data string) *jolt.Message {
	return &jolt.Message{At: start, Topic: topic, Data: data}
}

// replyTo returns the reply to r, a millisecond after it was sent.
func replyTo(r jolt.Request, outcome jolt.Outcome, err error) *jolt.Reply {
	return &jolt.Reply{At: at(1.001), Sent: at(1), Request: r, Outcome: outcome, Err: err}
}

func rejected(r jolt.Request, text string) *jolt.Reply {
	return replyTo(r, jolt.Rejected, &jolt.RejectedError{Op: r.Op, Topic: r.Topic, Text: text})
}

func subscribe(topic string) jolt.Request {
	return jolt.Request{Op: jolt.OpSubscribe, Topic: topic}
}

func apply(f *Feed, events ...jolt.Event) { f.Apply(events) }

// contents returns the payloads of a stream, gaps as "gap".
func contents(rows Rows) []string {
	var all []string
	for pos := rows.First(); pos < rows.Next(); pos++ {
		if e := rows.At(pos); e.Gap != nil {
			all = append(all, "gap")
		} else {
			all = append(all, e.Data)
		}
	}
	return all
}

func wantContents(t rapid.TB, rows Rows, want string) {
	t.Helper()
	if got := strings.Join(contents(rows), " "); got != want {
		t.Errorf("holds %q, want %q", got, want)
	}
}

// checkCounters recounts what f holds and compares the sums.
func checkCounters(t rapid.TB, f *Feed) {
	t.Helper()
	c := f.Counters()
	if c.Received != c.Held+c.Evicted+c.Dropped {
		t.Errorf("counters do not add up: %+v", c)
	}
	var held uint64
	bytes := 0
	for _, topic := range f.Topics() {
		var here uint64
		w := topic.History().Window()
		for pos := w.First(); pos < w.Next(); pos++ {
			e := w.At(pos)
			bytes += e.cost()
			if e.Gap == nil {
				here++
			}
		}
		if topic.Received != here+topic.Evicted+topic.Dropped {
			t.Errorf("%s holds %d, but its counters say %+v", topic.Name, here, topic)
		}
		held += here
	}
	if held != c.Held {
		t.Errorf("the histories hold %d messages, but the counters say %+v", held, c)
	}
	if bytes != f.heldBytes || bytes > f.limits.TopicBytes {
		t.Errorf("the histories take %d bytes, counted as %d, limit %d", bytes, f.heldBytes, f.limits.TopicBytes)
	}
	if all := f.All(); all.Len() > f.limits.AllMessages || all.Bytes() > f.limits.AllBytes {
		t.Errorf("the history of all has %d entries of %d bytes", all.Len(), all.Bytes())
	}
}
