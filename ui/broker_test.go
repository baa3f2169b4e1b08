package ui

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/exp/teatest"
	"github.com/muesli/termenv"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/feed"
	"joltui/jolt"
)

// program is the whole of it: program, model, pump, client, TCP, broker.
type program struct {
	*teatest.TestModel
	t      *testing.T
	cancel context.CancelFunc
	pumped chan struct{}
}

func startProgram(t *testing.T, server *brokertest.Server, topics ...string) *program {
	t.Helper()
	pump := NewPump(PumpLimits{})
	client, err := jolt.New(jolt.Config{Addr: server.Addr, Topics: topics, Handler: pump.Handle})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	p := &program{t: t, pumped: make(chan struct{})}
	p.TestModel = teatest.NewTestModel(t, New(Options{
		Client: client, Addr: server.Addr, Topics: topics, Renderer: renderer(termenv.Ascii, true),
	}), teatest.WithInitialTermSize(120, 40))
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	go func() {
		defer close(p.pumped)
		pump.Run(ctx, p.Send)
	}()
	return p
}

// says waits until the program has drawn a text.
func (p *program) says(text string) {
	p.t.Helper()
	teatest.WaitFor(p.t, p.Output(), func(out []byte) bool { return bytes.Contains(out, []byte(text)) },
		teatest.WithDuration(20*time.Second), teatest.WithCheckInterval(time.Millisecond))
}

// end leaves the program and returns what has become of its model.
func (p *program) end() *Model {
	p.t.Helper()
	p.Send(tea.KeyMsg{Type: tea.KeyCtrlC})
	final := p.FinalModel(p.t, teatest.WithFinalTimeout(20*time.Second)).(*Model)
	p.cancel()
	<-p.pumped
	return final
}

// The broker goes away and comes back in the middle.
func TestProgramWithBroker(t *testing.T) {
	cfg := broker.Config{Permit: func(_ string, _ jolt.Op, topic string) bool { return topic != "secret" }}
	server := brokertest.Start(t, cfg)
	tm := startProgram(t, server, "orders.eu")
	says := tm.says
	enter := tea.KeyMsg{Type: tea.KeyEnter}
	says("1 topic subscribed")
	tm.Type("phello")
	tm.Send(enter)
	says("✓ ok")
	tm.Send(tea.KeyMsg{Type: tea.KeyEsc})
	tm.Type("ssecret")
	tm.Send(enter)
	says("forbidden: subscribe:secret is not granted")
	tm.Type("g") // from the topic just asked for to all of them

	server.Stop()
	says("what is published now is lost")
	server.Restart()
	says("gap: disconnected")
	final := tm.end()
	totals := final.feed.Log().Totals()
	if got := totals.Of(jolt.OpPublish, jolt.Acknowledged); got != 1 {
		t.Errorf("%d publishes were acknowledged, want 1", got)
	}
	if c := final.Connection(); c.State != jolt.Up || c.Outages != 1 {
		t.Errorf("connection %+v", c)
	}
	orders := final.feed.Topic("orders.eu")
	if orders.State != feed.TopicSubscribed || orders.Received != 1 {
		t.Errorf("orders.eu: %s, %d received", orders.State, orders.Received)
	}
	if secret := final.feed.Topic("secret"); secret.State != feed.TopicRejected {
		t.Errorf("secret: %s", secret.State)
	}
}

// TestEverythingComesBack: topics that were asked for in the dashboard are
// subscribed again after an outage, and each of them shows the gap. What was
// published in between is lost; what comes after is not.
func TestEverythingComesBack(t *testing.T) {
	server := brokertest.Start(t, broker.Config{})
	p := startProgram(t, server, "a")
	enter := tea.KeyMsg{Type: tea.KeyEnter}
	p.says("1 topic subscribed")
	p.Type("sb,c")
	p.Send(enter)
	p.says("● c")
	p.Type("g") // all topics

	server.Stop()
	p.says("disconnected")
	server.Restart()
	p.says("3 topics subscribed")
	for topic, seen := range map[string]string{"a": "back in", "b": "after b", "c": "after c"} {
		p.Type("g" + strings.Repeat("j", int(topic[0]-'a'+1)) + "p")
		p.Type("after " + topic)
		p.Send(enter)
		p.says(seen)
		p.Send(tea.KeyMsg{Type: tea.KeyEsc})
	}
	final := p.end()
	for _, name := range []string{"a", "b", "c"} {
		topic := final.feed.Topic(name)
		w := topic.History().Window()
		if topic.State != feed.TopicSubscribed || w.Len() != 2 || w.At(w.First()).Gap == nil || w.At(w.First()+1).Data != "after "+name {
			t.Errorf("%s is %s and holds %d entries, want the gap and a message after it", name, topic.State, w.Len())
		}
	}
}
