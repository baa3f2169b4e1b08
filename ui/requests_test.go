package ui

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"joltui/internal/feed"
	"joltui/jolt"
)

func TestSubscribeAsksOnceATopicAndClaimsNothing(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("s", "text:a.b, c a.b", "enter")
	var topics []string
	for _, r := range s.client.requests {
		if r.Op != jolt.OpSubscribe || r.Ref == 0 {
			t.Errorf("asked for %+v", r)
		}
		topics = append(topics, r.Topic)
	}
	slices.Sort(topics)
	if diff := cmp.Diff([]string{"a.b", "c"}, topics); diff != "" {
		t.Errorf("topics (-want +got):\n%s", diff)
	}
	if state := s.model.feed.Topic("a.b").State; state != feed.TopicPending {
		t.Errorf("a.b is %v before the broker's reply", state)
	}
	s.events(ack(s.client.requests[0], time.Millisecond), ack(s.client.requests[1], time.Millisecond))
	if state := s.model.feed.Topic("a.b").State; state != feed.TopicSubscribed {
		t.Errorf("a.b is %v after the broker's reply", state)
	}
}

func TestInitialTopicsAreNotAskedForAgain(t *testing.T) {
	s := newScreen(t, 80, 24, Options{Topics: []string{"orders.eu"}})
	s.run(nil)
	if len(s.client.requests) > 0 {
		t.Errorf("asked for %v", s.client.requests)
	}
	if got := s.model.topics.Selected(); got != "orders.eu" {
		t.Errorf("%q is selected, want the only topic", got)
	}
	if several := watchOrders(t, 80, 24, Options{}); several.model.topics.Selected() != "" {
		t.Error("with several topics, all of them are to be shown")
	}
}

func TestRequestsGoOutInTheOrderOfAsking(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	m := s.model
	first := m.send(jolt.Request{Op: jolt.OpPublish, Topic: "a", Data: "1"})
	if second := m.send(jolt.Request{Op: jolt.OpPublish, Topic: "a", Data: "2"}); second != nil {
		t.Fatal("the second message does not wait for the outcome of the first")
	}
	s.run(first)
	var sent []string
	for _, r := range s.client.requests {
		sent = append(sent, r.Data)
	}
	if diff := cmp.Diff([]string{"1", "2"}, sent); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
	if m.pending != 0 || len(m.queue) != 0 {
		t.Errorf("%d pending and %d queued at the end", m.pending, len(m.queue))
	}
}

func TestUnsubscribe(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("u")
	s.contains("select a topic first")
	s.press("G", "u")
	request := s.client.last(t)
	if request.Op != jolt.OpUnsubscribe || request.Topic != "orders.eu" {
		t.Fatalf("asked for %v", request)
	}
	s.events(ack(request, time.Millisecond))
	if s.model.feed.Topic("orders.eu").State != feed.TopicIdle {
		t.Fatal("the topic is not idle")
	}
	s.press("u")
	if len(s.client.requests) != 1 || !slices.Contains(s.client.forgotten, "orders.eu") {
		t.Errorf("requests %v, forgotten %v", s.client.requests, s.client.forgotten)
	}
	if s.model.feed.Topic("orders.eu") != nil {
		t.Error("the topic is still there")
	}
}

func TestUnsubscribeWhileDisconnected(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.events(down(s.now, 1, time.Second, refused()))
	s.press("G", "u")
	if s.model.feed.Topic("orders.eu") == nil {
		t.Error("a topic with a history was thrown away")
	}
	s.press("g", "j", "u")
	if s.model.feed.Topic("audit") != nil || !slices.Contains(s.client.forgotten, "audit") {
		t.Error("a topic without a history was kept")
	}
}

func TestWithoutAClientTheLogSaysSo(t *testing.T) {
	m := New(Options{Now: noon, Width: 120, Height: 40})
	s := &screen{t: t, model: m, now: noon()}
	s.press("s", "text:secret", "enter", "p", "text:a", "tab", "text:hello", "enter", "esc", "u")
	s.contains("sub \"secret\" not sent", "pub \"a\" not sent")
}
