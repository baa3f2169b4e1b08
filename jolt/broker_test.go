package jolt_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/jolt"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// events is a handler that passes on what a test waits for.
type events struct {
	messages chan string
	states   chan jolt.State
	gaps     chan *jolt.Gap
}

func newEvents() *events {
	return &events{make(chan string, 100), make(chan jolt.State, 100), make(chan *jolt.Gap, 10)}
}

func (e *events) handle(batch []jolt.Event) {
	for _, ev := range batch {
		switch ev := ev.(type) {
		case *jolt.Message:
			e.messages <- ev.Topic + "=" + ev.Data
		case *jolt.StateChange:
			e.states <- ev.State
		case *jolt.Gap:
			e.gaps <- ev
		}
	}
}

func (e *events) await(want jolt.State) {
	for state := range e.states {
		if state == want {
			return
		}
	}
}

// secured is a broker with a user who may do some things.
func secured() broker.Config {
	return broker.Config{Security: true, Users: []broker.User{{Name: "ann", PasswordHash: brokertest.PasswordHash("pw"),
		Permissions: []string{"subscribe:a", "subscribe:b", "publish:a"}}}}
}

// Every operation, every payload byte for byte, and a broker that restarts.
func TestWithBroker(t *testing.T) {
	ctx := context.Background()
	server := brokertest.Start(t, secured())
	got := newEvents()
	c, err := jolt.Dial(ctx, jolt.Config{Addr: server.Addr, User: "ann", Pass: "pw", Topics: []string{"a", "secret"}, Handler: got.handle})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Subscribe(ctx, "b"); err != nil {
		t.Error(err)
	}
	if _, err := c.Ping(ctx); err != nil {
		t.Error(err)
	}
	for op, err := range map[string]error{
		jolt.CodeForbidden:    c.Publish(ctx, "b", "x"),
		jolt.CodeAuthFailed:   c.Auth(ctx, "ann", "wrong"),
		jolt.CodeUnknownTopic: c.Unsubscribe(ctx, "never"),
	} {
		var rejected *jolt.RejectedError
		if !errors.As(err, &rejected) || rejected.Code() != op {
			t.Errorf("got %v; want %s", err, op)
		}
	}
	payloads := []string{"", "plain", `{"n":"\"quoted\""}`, "line\nbreak\ttab\x00\x7f", "日本語 😀 \u2028", "\\u0041"}
	var want, received []string
	for _, p := range payloads {
		if err := c.Publish(ctx, "a", p); err != nil {
			t.Errorf("publish %q: %v", p, err)
		}
		want = append(want, "a="+p)
		received = append(received, <-got.messages)
	}
	if diff := cmp.Diff(want, received); diff != "" {
		t.Error(diff)
	}

	server.Stop()
	got.await(jolt.Down)
	server.Restart()
	got.await(jolt.Up)
	if gap := <-got.gaps; !gap.From.Before(gap.To) || gap.Cause == nil {
		t.Errorf("gap %+v", gap)
	}
	if err := c.Publish(ctx, "a", "after"); err != nil {
		t.Error(err)
	}
	if m := <-got.messages; m != "a=after" {
		t.Errorf("got %q", m)
	}
	if err := c.Unsubscribe(ctx, "b"); err != nil {
		t.Errorf("b was not restored: %v", err)
	}
}
