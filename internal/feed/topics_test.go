package feed

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"joltui/jolt"
)

func TestTopicStates(t *testing.T) {
	sub := subscribe("t")
	auto := sub
	auto.Auto = true
	unsub := jolt.Request{Op: jolt.OpUnsubscribe, Topic: "t"}
	want := func(f *Feed) { f.Want("t", at(0)) }
	event := func(e jolt.Event) func(*Feed) { return func(f *Feed) { apply(f, e) } }
	ack := event(replyTo(sub, jolt.Acknowledged, nil))
	down := event(&jolt.StateChange{State: jolt.Down, Cause: errLost})
	refused := event(rejected(sub, "forbidden: no"))

	tests := []struct {
		name  string
		steps []func(*Feed)
		state TopicState
		err   string
	}{
		{"message nobody asked for", []func(*Feed){event(message("t", ""))}, TopicIdle, ""},
		{"wanted", []func(*Feed){want}, TopicPending, ""},
		{"subscribed", []func(*Feed){want, ack}, TopicSubscribed, ""},
		{"subscribed elsewhere", []func(*Feed){ack}, TopicSubscribed, ""},
		{"rejected", []func(*Feed){want, refused}, TopicRejected, "forbidden: no"},
		{"wanted again", []func(*Feed){want, refused, want}, TopicPending, ""},
		{"accepted at last", []func(*Feed){want, refused, want, ack}, TopicSubscribed, ""},
		{"wanted while subscribed", []func(*Feed){ack, want}, TopicSubscribed, ""},
		{"not sent", []func(*Feed){want, event(replyTo(sub, jolt.NotSent, jolt.ErrNotConnected))}, TopicIdle, "jolt: not connected"},
		{"outcome unknown", []func(*Feed){want, event(replyTo(sub, jolt.Unknown, errLost))}, TopicPending, "connection lost"},
		{"down", []func(*Feed){ack, down}, TopicPending, ""},
		{"rejected and down", []func(*Feed){refused, down}, TopicRejected, "forbidden: no"},
		{"resubscribed", []func(*Feed){ack, down, event(replyTo(auto, jolt.Acknowledged, nil))}, TopicSubscribed, ""},
		{"not resubscribed", []func(*Feed){ack, down, event(rejected(auto, "forbidden"))}, TopicRejected, "forbidden"},
		{"closed", []func(*Feed){ack, event(&jolt.StateChange{State: jolt.Closed})}, TopicIdle, ""},
		{"unsubscribed", []func(*Feed){ack, event(replyTo(unsub, jolt.Acknowledged, nil))}, TopicIdle, ""},
		{"not unsubscribed", []func(*Feed){ack, event(rejected(unsub, "no"))}, TopicSubscribed, "no"},
		{"unsubscribe lost", []func(*Feed){ack, event(replyTo(unsub, jolt.Unknown, errLost))}, TopicSubscribed, "connection lost"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := New(Limits{})
			for _, step := range tt.steps {
				step(f)
			}
			topic := f.Topic("t")
			if topic == nil {
				t.Fatal("the topic is not known")
			}
			if topic.State != tt.state || topic.Err != tt.err {
				t.Errorf("%v, %q; want %v, %q", topic.State, topic.Err, tt.state, tt.err)
			}
		})
	}
}

func TestTopicStateNames(t *testing.T) {
	for state, want := range []string{"idle", "pending", "subscribed", "rejected", "TopicState(4)"} {
		if got := TopicState(state).String(); got != want {
			t.Errorf("state %d is %q, want %q", state, got, want)
		}
	}
}

func TestUnsubscribeOfForgottenTopic(t *testing.T) {
	f := New(Limits{})
	f.Want("t", at(0))
	f.Forget("t")
	apply(f, replyTo(jolt.Request{Op: jolt.OpUnsubscribe, Topic: "t"}, jolt.Acknowledged, nil))
	if len(f.Topics()) != 0 {
		t.Error("the reply brought the topic back")
	}
}

func TestUnsubscribedKeepsHistory(t *testing.T) {
	f := New(Limits{})
	apply(f, replyTo(subscribe("t"), jolt.Acknowledged, nil), message("t", "1"),
		replyTo(jolt.Request{Op: jolt.OpUnsubscribe, Topic: "t"}, jolt.Acknowledged, nil))
	wantContents(t, f.Topic("t").History().Window(), "1")
}

func TestForget(t *testing.T) {
	f := New(Limits{})
	apply(f, message("a", "1"), message("a", "2"), message("b", "3"))
	f.Dropped("a", 7, 7)
	f.Forget("a")
	f.Forget("never known")
	if c := f.Counters(); c.Received != 10 || c.Held != 1 || c.Evicted != 2 || c.Dropped != 7 {
		t.Errorf("counters are %+v", c)
	}
	checkCounters(t, f)
	wantContents(t, f.All().Window(), "1 2 3")
}

func TestTopicsAreSortedAndStay(t *testing.T) {
	f := New(Limits{})
	for _, name := range []string{"c", "a", "b"} {
		f.Want(name, at(0))
	}
	before := f.Topics()
	if got := names(before); got != "a b c" {
		t.Errorf("topics are %q", got)
	}
	f.Forget("b")
	f.Want("0", at(0))
	if got := names(f.Topics()); got != "0 a c" {
		t.Errorf("topics are %q", got)
	}
	if got := names(before); got != "a b c" {
		t.Errorf("the slice of before has become %q", got)
	}
	if n := testing.AllocsPerRun(10, func() { f.Topics() }); n != 0 {
		t.Errorf("%v allocations although no topic came or went", n)
	}
}

func names(topics []*Topic) string {
	var all []string
	for _, t := range topics {
		all = append(all, t.Name)
	}
	return strings.Join(all, " ")
}

func TestTopicLimit(t *testing.T) {
	f := New(Limits{Topics: 4})
	heard := func(topic string, seconds float64) *jolt.Message {
		return &jolt.Message{At: at(seconds), Topic: topic, Data: "x"}
	}
	f.Want("wanted", at(0))
	apply(f, heard("b", 3), heard("a", 1), heard("c", 2), heard("a", 4))
	apply(f, heard("new", 5))
	if got := names(f.Topics()); got != "a b new wanted" {
		t.Errorf("topics are %q, want the oldest idle one gone", got)
	}
	if c := f.Counters(); c.Evicted != 1 {
		t.Errorf("counters are %+v", c)
	}
	checkCounters(t, f)

	for i := range 10 {
		f.Want(fmt.Sprint("wanted", i), at(6))
	}
	if got := len(f.Topics()); got != 11 {
		t.Errorf("%d topics, want the 11 that the user asked for and no other", got)
	}
	checkCounters(t, f)
}

// TestTopicNamesAreBounded: a broker that sends endless names, each new, does
// not fill the memory.
func TestTopicNamesAreBounded(t *testing.T) {
	f := New(Limits{})
	filler := strings.Repeat("n", 256<<10)
	for i := range 100 {
		apply(f, message(fmt.Sprint(i, filler), "x"))
		if f.nameBytes > maxNameBytes+len(filler)+8 {
			t.Fatalf("names take %d bytes", f.nameBytes)
		}
		checkCounters(t, f)
	}
}

func TestGap(t *testing.T) {
	f := New(Limits{})
	apply(f, replyTo(subscribe("subscribed"), jolt.Acknowledged, nil), message("subscribed", "1"),
		message("idle", "2"), rejected(subscribe("rejected"), "no"))
	f.Want("pending", at(0))
	gap := &jolt.Gap{From: at(1), To: at(3), Cause: errLost}
	apply(f, gap, message("subscribed", "3"))
	for topic, want := range map[string]string{
		"subscribed": "1 gap 3", "pending": "gap", "idle": "2", "rejected": "",
	} {
		wantContents(t, f.Topic(topic).History().Window(), want)
	}
	wantContents(t, f.All().Window(), "1 2 gap 3")
	all := f.All().Window()
	inTopic := f.Topic("pending").History().Window().At(0)
	if inTopic.Gap.Gap != *gap || inTopic.Gap.Count != 1 || inTopic.Seq != all.At(2).Seq || !inTopic.At.Equal(at(3)) {
		t.Errorf("gap is %+v", inTopic)
	}
	checkCounters(t, f)
	kinds := logKinds(f.Log())
	if !slices.Contains(kinds, RowGap) {
		t.Errorf("no row about the gap: %v", kinds)
	}
}

// Outages with no message between them are one row of a stream. A window that was taken before
// stays as it was.
func TestGapsInARowAreOne(t *testing.T) {
	f := New(Limits{})
	apply(f, replyTo(subscribe("quiet"), jolt.Acknowledged, nil), replyTo(subscribe("busy"), jolt.Acknowledged, nil))
	gap := func(from, to float64) *jolt.Gap { return &jolt.Gap{From: at(from), To: at(to), Cause: errLost} }
	apply(f, message("quiet", "1"), gap(1, 2))
	before := f.Topic("quiet").History().Window()
	apply(f, message("busy", "2"), gap(3, 4), gap(5, 6), message("quiet", "3"), gap(7, 8))
	wantContents(t, f.Topic("quiet").History().Window(), "1 gap 3 gap")
	wantContents(t, f.Topic("busy").History().Window(), "gap 2 gap")
	wantContents(t, f.All().Window(), "1 gap 2 gap 3 gap")
	joined := f.Topic("quiet").History().Window().At(1)
	want := Gap{Gap: jolt.Gap{From: at(1), To: at(6), Cause: errLost}, Count: 3}
	if *joined.Gap != want || !joined.At.Equal(at(6)) {
		t.Errorf("joined gap %+v, want %+v", joined.Gap, want)
	}
	if old := before.At(1); old.Gap.Count != 1 || !old.At.Equal(at(2)) {
		t.Errorf("a window has changed: %+v", old.Gap)
	}
	checkCounters(t, f)
}

// All that is held comes once, in the order of its arrival: also what only the history of a
// topic, or only that of all topics, still has.
func TestHeld(t *testing.T) {
	f := New(Limits{TopicMessages: 3, AllMessages: 4})
	for i, topic := range []string{"a", "a", "b", "b", "b", "b", "b", "b"} {
		f.Apply([]jolt.Event{&jolt.Message{At: time.Unix(int64(i), 0), Topic: topic, Data: fmt.Sprint(i)}})
	}
	got := ""
	for _, e := range f.Held() {
		got += e.Data
	}
	if got != "014567" {
		t.Errorf("held are %s", got)
	}
}
