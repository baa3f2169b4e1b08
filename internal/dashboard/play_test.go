package dashboard

import (
	"context"
	"testing"

	"joltui/jolt"
)

func TestNoBrokerRefuses(t *testing.T) {
	var told *jolt.Reply
	n := noBroker{func(r *jolt.Reply) { told = r }}
	if _, err := n.Do(context.Background(), jolt.Request{Op: jolt.OpPublish, Topic: "a", Ref: 7}); err == nil {
		t.Error("a recording was published to")
	}
	if told == nil || told.Outcome != jolt.NotSent || told.Request.Ref != 7 || told.Err == nil {
		t.Errorf("%+v", told)
	}
}
