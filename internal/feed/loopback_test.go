package feed

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"joltui/jolt"
)

// looping is a feed on whose log publishes are begun, with topic t subscribed.
type looping struct {
	*Feed
	requests []jolt.Request
}

func newLooping() *looping {
	l := &looping{Feed: New(Limits{})}
	l.Want("t", at(0))
	apply(l.Feed, replyTo(subscribe("t"), jolt.Acknowledged, nil))
	l.Log().rows, l.Log().next = nil, 0
	return l
}

// publish begins publishes on topic t, a row each.
func (l *looping) publish(payloads ...string) {
	for _, data := range payloads {
		r := jolt.Request{Op: jolt.OpPublish, Topic: "t", Data: data, Ref: uint64(len(l.requests) + 1)}
		l.requests = append(l.requests, r)
		l.Log().Begin(r, at(0))
	}
}

// replied is the reply to publish number i, sent and answered at these seconds.
func (l *looping) replied(i int, sent, answered float64) *jolt.Reply {
	return &jolt.Reply{Sent: at(sent), At: at(answered), Request: l.requests[i], Outcome: jolt.Acknowledged}
}

func came(second float64, data string) jolt.Event {
	return &jolt.Message{At: at(second), Topic: "t", Data: data}
}

// wantLoops compares the loop-back times of the publishes, in milliseconds; 0 is
// not known.
func (l *looping) wantLoops(t *testing.T, want ...int) {
	t.Helper()
	var got []int
	for i := range l.requests {
		got = append(got, int(l.Log().At(uint64(i)).LoopBack/time.Millisecond))
	}
	if !slices.Equal(got, want) {
		t.Errorf("loop-back times are %v ms, want %v", got, want)
	}
}

func TestLoopBack(t *testing.T) {
	tests := []struct {
		name   string
		events func(l *looping) []jolt.Event
		want   []int
	}{
		{"after the reply", func(l *looping) []jolt.Event {
			l.publish("a")
			return []jolt.Event{l.replied(0, 1, 1.1), came(1.2, "a")}
		}, []int{200}},
		{"before the reply", func(l *looping) []jolt.Event {
			l.publish("a")
			return []jolt.Event{came(1.05, "a"), l.replied(0, 1, 1.1)}
		}, []int{50}},
		{"among others", func(l *looping) []jolt.Event {
			l.publish("a", "b")
			return []jolt.Event{came(1, "x"), l.replied(0, 1, 1.1), l.replied(1, 2, 2.1), came(2.1, "b"), came(2.2, "a")}
		}, []int{1200, 100}},
		{"alike ones in order", func(l *looping) []jolt.Event {
			l.publish("a", "a")
			return []jolt.Event{l.replied(0, 1, 1.1), came(1.2, "a"), came(1.5, "a"), l.replied(1, 1.4, 1.6)}
		}, []int{200, 100}},
		{"a message from before it was sent", func(l *looping) []jolt.Event {
			l.publish("a", "a")
			return []jolt.Event{came(0.9, "a"), l.replied(0, 1, 1.1), came(1.3, "a")}
		}, []int{300, 0}},
		{"somebody else publishes the same", func(l *looping) []jolt.Event {
			l.publish("a")
			return []jolt.Event{came(1.01, "a"), came(1.02, "a"), l.replied(0, 1, 1.1), came(1.2, "a")}
		}, []int{0}},
		{"rejected", func(l *looping) []jolt.Event {
			l.publish("a", "a")
			no := l.replied(0, 1, 1.1)
			no.Outcome = jolt.Rejected
			return []jolt.Event{no, l.replied(1, 1.2, 1.3), came(1.5, "a")}
		}, []int{0, 300}},
		{"not on this topic", func(l *looping) []jolt.Event {
			l.publish("a")
			return []jolt.Event{l.replied(0, 1, 1.1), &jolt.Message{At: at(1.2), Topic: "u", Data: "a"}}
		}, []int{0}},
		{"not subscribed any more", func(l *looping) []jolt.Event {
			l.publish("a")
			gone := replyTo(jolt.Request{Op: jolt.OpUnsubscribe, Topic: "t"}, jolt.Acknowledged, nil)
			return []jolt.Event{gone, l.replied(0, 1, 1.1), came(1.2, "a")}
		}, []int{0}},
		{"connection lost", func(l *looping) []jolt.Event {
			l.publish("a")
			return []jolt.Event{l.replied(0, 1, 1.1), &jolt.StateChange{State: jolt.Down}, came(5, "a")}
		}, []int{0}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			batched := newLooping()
			batched.Apply(tt.events(batched))
			batched.wantLoops(t, tt.want...)

			single := newLooping()
			for _, event := range tt.events(single) {
				apply(single.Feed, event)
			}
			single.wantLoops(t, tt.want...)
		})
	}
}

// TestLoopBackIsUnclearAfterDrops: the message may be one of those that were
// dropped, and a later one that of another publish.
func TestLoopBackIsUnclearAfterDrops(t *testing.T) {
	l := newLooping()
	l.Tick(at(1))
	l.publish("a")
	l.Dropped("t", 1, 1)
	apply(l.Feed, l.replied(0, 1, 1.1), came(1.2, "a"))
	l.wantLoops(t, 0)

	l.Tick(at(20))
	r := jolt.Request{Op: jolt.OpPublish, Topic: "t", Data: "a", Ref: 99}
	l.Log().Begin(r, at(20))
	apply(l.Feed, &jolt.Reply{Sent: at(20), At: at(20.1), Request: r, Outcome: jolt.Acknowledged}, came(20.2, "a"))
	if got := l.Log().At(l.Log().Next() - 1).LoopBack; got != 200*time.Millisecond {
		t.Errorf("long after the drops the loop-back time is %v", got)
	}
}

func TestLoopBackIsGivenUp(t *testing.T) {
	l := newLooping()
	l.Tick(at(0))
	l.publish("a", "b")
	apply(l.Feed, l.replied(0, 1, 1.1))
	l.Tick(at(11))
	if l.log.loops.waiting != 1 {
		t.Errorf("%d publishes are waited for, want the one without a reply", l.log.loops.waiting)
	}
	apply(l.Feed, came(12, "a"), came(12.5, "b"), l.replied(1, 12, 12.1))
	l.wantLoops(t, 0, 500)
	l.Tick(at(30))
	if len(l.log.loops.topics) != 0 {
		t.Error("a topic is remembered though nothing is waited for")
	}
}

func TestLoopBackIsBounded(t *testing.T) {
	l := newLooping()
	for i := range 3 * maxLoops {
		l.publish(fmt.Sprint(i))
		if l.log.loops.waiting > maxLoops {
			t.Fatalf("%d publishes are waited for", l.log.loops.waiting)
		}
	}
	apply(l.Feed, l.replied(0, 1, 1.1), came(1.2, "0"))
	if l.Log().LoopBack().Count != 0 {
		t.Error("a message was claimed though publishes like it may have been forgotten")
	}
}

// TestLoopBackIsFree: messages are not looked at while nothing is waited for.
func TestLoopBackIsFree(t *testing.T) {
	l := newLooping()
	l.publish("a")
	apply(l.Feed, l.replied(0, 1, 1.1), came(1.2, "a"))
	if l.log.loops.waiting != 0 || len(l.log.loops.topics["t"].flights) != 0 {
		t.Error("a publish is waited for that has come back")
	}
	l.Log().arrived([]jolt.Event{nil}) // would panic if it looked into topics for nothing
	if got := l.Log().LoopBack(); got.Count != 1 || got.Min.Round(time.Millisecond) != 200*time.Millisecond {
		t.Errorf("summary is %+v", got)
	}
}
