package feed

import (
	"fmt"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"joltui/jolt"
)

func TestConnection(t *testing.T) {
	f := New(Limits{})
	steps := []struct {
		change jolt.StateChange
		want   Connection
	}{
		{
			jolt.StateChange{At: at(0), State: jolt.Connecting, Addr: "h:1", Attempt: 1},
			Connection{State: jolt.Connecting, Addr: "h:1", Since: at(0), Attempt: 1},
		},
		{
			jolt.StateChange{At: at(1), State: jolt.Down, Addr: "h:1", Attempt: 1, Cause: errLost, RetryAt: at(2)},
			Connection{State: jolt.Down, Addr: "h:1", Since: at(1), Attempt: 1, Cause: errLost, RetryAt: at(2), DownSince: at(1)},
		},
		{
			jolt.StateChange{At: at(2), State: jolt.Connecting, Addr: "h:1", Attempt: 2},
			Connection{State: jolt.Connecting, Addr: "h:1", Since: at(2), Attempt: 2, Cause: errLost, DownSince: at(1)},
		},
		{
			jolt.StateChange{At: at(3), State: jolt.Up, Addr: "h:1", User: "alice"},
			Connection{State: jolt.Up, Addr: "h:1", User: "alice", Since: at(3)},
		},
		{
			jolt.StateChange{At: at(4), State: jolt.Down, Addr: "h:1", Cause: errLost, RetryAt: at(5)},
			Connection{State: jolt.Down, Addr: "h:1", User: "alice", Since: at(4), Cause: errLost, RetryAt: at(5), Outages: 1, DownSince: at(4)},
		},
		{
			jolt.StateChange{At: at(6), State: jolt.Down, Addr: "h:1", Attempt: 1, Cause: errLost, RetryAt: at(7)},
			Connection{State: jolt.Down, Addr: "h:1", User: "alice", Since: at(6), Attempt: 1, Cause: errLost, RetryAt: at(7), Outages: 1, DownSince: at(4)},
		},
		{
			jolt.StateChange{At: at(8), State: jolt.Closed, Addr: "h:1"},
			Connection{State: jolt.Closed, Addr: "h:1", User: "alice", Since: at(8), Outages: 1, DownSince: at(4)},
		},
	}
	for i, step := range steps {
		apply(f, &step.change)
		if diff := cmp.Diff(step.want, f.Connection(), cmpopts.EquateErrors()); diff != "" {
			t.Errorf("step %d: %s", i, diff)
		}
	}
}

// hintsOf returns the hints in the log.
func hintsOf(l *Log) []Hint {
	var all []Hint
	for pos := l.First(); pos < l.Next(); pos++ {
		if row := l.At(pos); row.Kind == RowHint {
			all = append(all, row.Hint)
		}
	}
	return all
}

func TestHints(t *testing.T) {
	publish := jolt.Request{Op: jolt.OpPublish, Topic: "t"}
	published := replyTo(publish, jolt.Acknowledged, nil)
	subscribed := replyTo(subscribe("t"), jolt.Acknowledged, nil)
	unsubscribed := replyTo(jolt.Request{Op: jolt.OpUnsubscribe, Topic: "t"}, jolt.Acknowledged, nil)
	up := &jolt.StateChange{At: at(1), State: jolt.Up}
	refused := &jolt.StateChange{At: at(1), State: jolt.Down, Cause: fmt.Errorf("dial h:1: %w", syscall.ECONNREFUSED)}
	refusedOnWindows := &jolt.StateChange{At: at(1), State: jolt.Down, Cause: fmt.Errorf("dial h:1: %w", syscall.Errno(10061))}
	lost := &jolt.StateChange{At: at(1), State: jolt.Down, Cause: errLost}
	noAuth := rejected(subscribe("t"), "AUTH_required: log in first")

	tests := []struct {
		name   string
		events []jolt.Event
		want   []Hint
	}{
		{"published, not subscribed", []jolt.Event{published}, []Hint{HintNotSubscribed}},
		{"said once", []jolt.Event{published, published}, []Hint{HintNotSubscribed}},
		{"once for each topic", []jolt.Event{published, replyTo(jolt.Request{Op: jolt.OpPublish, Topic: "u"}, jolt.Acknowledged, nil)}, []Hint{HintNotSubscribed, HintNotSubscribed}},
		{"published, subscribed", []jolt.Event{subscribed, published}, nil},
		{"again after it was subscribed", []jolt.Event{published, subscribed, unsubscribed, published}, []Hint{HintNotSubscribed, HintNotSubscribed}},
		{"publish rejected", []jolt.Event{rejected(publish, "no")}, nil},
		{"auth", []jolt.Event{noAuth}, []Hint{HintAuthRequired}},
		{"auth once for a connection", []jolt.Event{noAuth, noAuth, up, noAuth}, []Hint{HintAuthRequired, HintAuthRequired}},
		{"login refused", []jolt.Event{rejected(jolt.Request{Op: jolt.OpAuth, User: "ann"}, "no")}, []Hint{HintLoginRefused}},
		{"login not looked at", []jolt.Event{rejected(jolt.Request{Op: jolt.OpAuth, User: "ann"}, "busy: 40 logins wait")}, nil},
		{"other rejections", []jolt.Event{rejected(subscribe("auth"), "forbidden")}, nil},
		{"no broker", []jolt.Event{refused}, []Hint{HintNoBroker}},
		{"no broker, Windows", []jolt.Event{refusedOnWindows}, []Hint{HintNoBroker}},
		{"no broker, once for an outage", []jolt.Event{lost, refused, refused, up, lost, refused}, []Hint{HintNoBroker, HintNoBroker}},
		{"lost", []jolt.Event{lost}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := New(Limits{})
			f.Apply(tt.events)
			if diff := cmp.Diff(tt.want, hintsOf(f.Log())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestHintsAreBounded(t *testing.T) {
	f := New(Limits{Topics: 10})
	for i := range 100 {
		apply(f, replyTo(jolt.Request{Op: jolt.OpPublish, Topic: fmt.Sprint(i)}, jolt.Acknowledged, nil))
	}
	if n := len(f.hints.notSubscribed); n > 10 {
		t.Errorf("%d topics are remembered for their hint", n)
	}
	if len(f.Topics()) != 0 {
		t.Error("publishing on a topic made it known")
	}
}

// DownSince is the From of the gap, even before the outage is over.
func TestDownSinceIsThatOfTheGap(t *testing.T) {
	f := New(Limits{})
	apply(f, &jolt.StateChange{At: at(1), State: jolt.Up}, &jolt.StateChange{At: at(20), Since: at(8), State: jolt.Down},
		&jolt.StateChange{At: at(30), Since: at(8), State: jolt.Down, Attempt: 1})
	if since := f.Connection().DownSince; !since.Equal(at(8)) {
		t.Errorf("down since %s, want %s", since, at(8))
	}
}

func TestUptimeStartsWithUp(t *testing.T) {
	f := New(Limits{})
	apply(f, &jolt.StateChange{At: at(5), State: jolt.Up})
	if up := at(65).Sub(f.Connection().Since); up != time.Minute {
		t.Errorf("uptime is %v, want 1m", up)
	}
}
