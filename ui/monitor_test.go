package ui

import (
	"fmt"
	"testing"
	"time"

	"joltui/internal/monitor"
	"joltui/internal/system"
	"joltui/jolt"
)

// fakeMonitor remembers when it was to ask.
type fakeMonitor struct{ asked []bool }

func (m *fakeMonitor) Watch(on bool) { m.asked = append(m.asked, on) }

// aBroker has topics that the dashboard knows and one that it does not.
func aBroker(now time.Time) Monitored {
	return Monitored{&monitor.Snapshot{
		At: now, State: monitor.Offered, TopicsTotal: 3, ClientsTotal: 1,
		Broker: &system.Broker{Time: now, Version: "joltui 1.2.3", UptimeS: 90, Connections: 1, Rates: &system.Rates{}},
		Topics: []system.Topic{
			{Topic: "invoices.created", Subscribers: 1, MessageRate: 3, LastHeard: system.At(now)},
			{Topic: "orders.eu", Subscribers: 2, MessageRate: 1},
			{Topic: system.TopicsTopic, Subscribers: 1},
		},
		Clients: []system.Client{{ID: 1, Address: "127.0.0.1:40000", Since: system.At(now)}},
	}}
}

func TestGoldenBroker(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {160, 50}} {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := watchOrders(t, size.w, size.h, Options{Monitor: &fakeMonitor{}})
			s.press("B")
			s.send(aBroker(s.now))
			s.golden()
		})
	}
}

// The broker is asked while its page is open, and while the user is asked for topics, since
// the answer completes what is typed there.
func TestTheBrokerIsAskedWhileSomebodyWantsToKnow(t *testing.T) {
	m := &fakeMonitor{}
	s := watchOrders(t, 120, 40, Options{Monitor: m})
	want := func(on ...bool) {
		t.Helper()
		if fmt.Sprint(m.asked) != fmt.Sprint(on) {
			t.Errorf("asked %v, want %v", m.asked, on)
		}
	}
	want()
	s.press("B")
	want(true)
	s.contains("Asking the broker")
	s.press("?", "esc", "esc") // the help lies over it for a while
	want(true, false)
	s.press("s")
	want(true, false) // who types at once needs no help
	s.pass(time.Second)
	want(true, false, true)
	s.send(aBroker(s.now))
	s.press("text:inv", "tab")
	s.contains("invoices.created")
	s.press("esc")
	want(true, false, true, false)
	s.send(Monitored{&monitor.Snapshot{State: monitor.Absent}})
	s.press("s")
	s.pass(time.Second)
	s.press("esc")
	want(true, false, true, false) // it tells nothing, and was asked once
	s.press("B")
	want(true, false, true, false, true)
}

// What is subscribed to from the page is what the user sees next. What is subscribed
// already is only shown.
func TestSubscribeFromTheBrokersPage(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{Monitor: &fakeMonitor{}})
	before := len(s.client.requests)
	s.press("B")
	s.send(aBroker(s.now))
	s.press("enter")
	if sent := s.client.requests[before:]; len(sent) != 1 || sent[0].Topic != "invoices.created" {
		t.Errorf("sent %v, want one subscription to invoices.created", sent)
	}
	s.contains("invoices.created ")
	s.lacks("Asking the broker")
	before = len(s.client.requests)
	s.press("B", "j", "enter")
	if sent := s.client.requests[before:]; len(sent) != 0 {
		t.Errorf("sent %v for a topic that is subscribed already", sent)
	}
	s.press("B", "tab", "enter")
	s.contains("only topics can be subscribed to")
}

func TestBrokerFirst(t *testing.T) {
	m := &fakeMonitor{}
	s := newScreen(t, 80, 24, Options{Monitor: m, BrokerFirst: true})
	each(s.model.features, func(f starter) { f.start() })
	s.contains("Asking the broker")
	if fmt.Sprint(m.asked) != "[true]" {
		t.Errorf("asked %v, want it to begin at once", m.asked)
	}
}

// A client is disconnected only after a question, by a publish that the log shows.
func TestDisconnectAClient(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{Monitor: &fakeMonitor{}})
	before := len(s.client.requests)
	s.press("B")
	s.send(aBroker(s.now))
	s.press("X")
	s.contains("only clients can be disconnected")
	s.press("tab", "X")
	s.contains("disconnect 127.0.0.1:40000?")
	s.press("n", "X", "y")
	want := jolt.Request{Op: jolt.OpPublish, Topic: system.ControlTopic, Data: `{"disconnect":1}`}
	if sent := s.client.requests[before:]; len(sent) != 1 || sent[0].Topic != want.Topic || sent[0].Data != want.Data || sent[0].Op != want.Op {
		t.Errorf("sent %v, want %v", sent, want)
	}
	s.press("esc")
	s.contains("$SYS.control")

	s = watchOrders(t, 120, 40, Options{Monitor: &fakeMonitor{}, ReadOnly: true})
	s.press("B")
	s.send(aBroker(s.now))
	s.press("tab", "X")
	s.contains("this dashboard is read-only")
}
