package feed

import (
	"testing"

	"joltui/jolt"
)

func unsubscribed(topic string, seconds float64) *jolt.Reply {
	return &jolt.Reply{At: at(seconds), Request: jolt.Request{Op: jolt.OpUnsubscribe, Topic: topic}, Outcome: jolt.Acknowledged}
}

func subscribed(topic string, seconds float64) *jolt.Reply {
	return &jolt.Reply{At: at(seconds), Request: subscribe(topic), Outcome: jolt.Acknowledged}
}

// The time in which a topic was not subscribed is a gap of that topic, and of all.
func TestUnsubscribedIsAGap(t *testing.T) {
	f := New(Limits{})
	apply(f, subscribed("a", 0), subscribed("b", 0), message("a", "1"), message("b", "2"))
	apply(f, unsubscribed("a", 1), message("b", "3"), subscribed("a", 5), message("a", "4"))
	wantContents(t, f.Topic("a").History().Window(), "1 gap 4")
	wantContents(t, f.Topic("b").History().Window(), "2 3")
	wantContents(t, f.All().Window(), "1 2 3 gap 4")
	gap := f.All().Window().At(3).Gap
	if want := (Gap{Gap: jolt.Gap{From: at(1), To: at(5)}, Count: 1, Unsubscribed: true, Topic: "a"}); *gap != want {
		t.Errorf("the gap is %+v, want %+v", gap, want)
	}
	if near := f.Neighbour(newest(f, "a"), -1); near.Entry.Data != "1" || near.Gap == nil || near.Gap.Words() != "4.0 s not subscribed" {
		t.Errorf("before it is %+v", near)
	}
	checkCounters(t, f)
}

// Several topics with no message between them are one row of all topics.
func TestUnsubscribedTopicsAreOneGap(t *testing.T) {
	f := New(Limits{})
	apply(f, subscribed("a", 0), subscribed("b", 0), message("a", "1"), message("b", "2"))
	apply(f, unsubscribed("a", 1), unsubscribed("b", 2), subscribed("b", 4), subscribed("a", 5))
	wantContents(t, f.All().Window(), "1 2 gap")
	gap := f.All().Window().At(2).Gap
	if want := (Gap{Gap: jolt.Gap{From: at(1), To: at(5)}, Count: 2, Unsubscribed: true}); *gap != want {
		t.Errorf("the gap is %+v, want %+v", gap, want)
	}
	if f.All().Bytes() != f.Topic("a").History().Bytes()+f.Topic("b").History().Bytes()-entryBytes {
		t.Error("the bytes do not add up")
	}
	// An outage is another row.
	apply(f, &jolt.Gap{From: at(6), To: at(7), Cause: errLost})
	wantContents(t, f.All().Window(), "1 2 gap gap")
}

// There is no gap where nothing was subscribed before, nothing is held, nothing was missed, or
// the connection was lost, which has its own.
func TestWhatIsNoUnsubscribedGap(t *testing.T) {
	f := New(Limits{})
	apply(f, message("a", "1"), subscribed("a", 1))
	apply(f, subscribed("b", 1), unsubscribed("b", 2), subscribed("b", 3))
	wantContents(t, f.All().Window(), "1")
	late := message("a", "2")
	late.At = at(4)
	apply(f, unsubscribed("a", 3), late, subscribed("a", 5)) // a pattern brought it
	wantContents(t, f.All().Window(), "1 2")
	apply(f, &jolt.StateChange{At: at(6), State: jolt.Down}, &jolt.Gap{From: at(6), To: at(7)}, subscribed("a", 7))
	wantContents(t, f.All().Window(), "1 2 gap")
	// A subscription that the broker refused after an outage ends at some time.
	refused := rejected(subscribe("a"), "forbidden: a")
	refused.At = at(8)
	apply(f, refused, subscribed("a", 9))
	wantContents(t, f.Topic("a").History().Window(), "1 2 gap gap")
}
