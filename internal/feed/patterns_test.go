package feed

import (
	"testing"

	"joltui/jolt"
)

// A broker that has patterns sends topics that nobody has named: they belong to the pattern.
func TestTopicsComeByAPattern(t *testing.T) {
	f := New(Limits{})
	apply(f, replyTo(subscribe("orders.*"), jolt.Acknowledged, nil), message("chat.room", "x"))
	if f.Patterns() {
		t.Fatal("a topic that the pattern does not match is taken for evidence")
	}
	apply(f, message("orders.eu", "1"))
	if by := f.By(f.Topic("orders.eu")); !f.Patterns() || by == nil || by.Name != "orders.*" {
		t.Fatalf("orders.eu comes by %v", by)
	}
	if f.By(f.Topic("chat.room")) != nil || f.By(f.Topic("orders.*")) != nil {
		t.Error("others come by it, too")
	}
	apply(f, &jolt.Gap{From: at(1), To: at(2)})
	if got := contents(f.Topic("orders.eu").History().Window()); len(got) != 2 || got[1] != "gap" {
		t.Errorf("an outage leaves no gap in it: %v", got)
	}
	pub := jolt.Request{Op: jolt.OpPublish, Topic: "orders.us", Ref: 1}
	f.Log().Begin(pub, at(3))
	before := f.Log().Next()
	apply(f, replyTo(pub, jolt.Acknowledged, nil))
	if f.Log().Next() != before {
		t.Errorf("a publish on a topic that comes by the pattern is said not to be subscribed: %+v", f.Log().At(before))
	}
	apply(f, replyTo(subscribe("orders.eu"), jolt.Acknowledged, nil))
	if f.By(f.Topic("orders.eu")) != nil {
		t.Error("a topic that is subscribed comes by a pattern")
	}
	apply(f, replyTo(jolt.Request{Op: jolt.OpUnsubscribe, Topic: "orders.*"}, jolt.Acknowledged, nil), message("orders.late", "x"))
	if f.By(f.Topic("orders.late")) != nil {
		t.Error("a pattern that is given up brings topics")
	}
}

// Where a broker has none, a message that comes late is no evidence.
func TestALateMessageIsNoEvidenceOfPatterns(t *testing.T) {
	f := New(Limits{})
	apply(f, replyTo(subscribe("*"), jolt.Acknowledged, nil), replyTo(subscribe("a"), jolt.Acknowledged, nil),
		replyTo(jolt.Request{Op: jolt.OpUnsubscribe, Topic: "a"}, jolt.Acknowledged, nil), message("a", "late"))
	if f.Patterns() || f.By(f.Topic("a")) != nil {
		t.Error("the broker is taken for one that has patterns")
	}
	f.Forget("*")
	if len(f.patterns.topics) != 0 {
		t.Error("a pattern that is forgotten is kept")
	}
}
