package ui

import (
	"bytes"
	"context"
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

// The whole of it: program, model, pump, client, TCP, broker. The broker goes
// away and comes back in the middle.
func TestProgramWithBroker(t *testing.T) {
	cfg := broker.Config{Permit: func(_ string, _ jolt.Op, topic string) bool { return topic != "secret" }}
	server := brokertest.Start(t, cfg)
	pump := NewPump(PumpLimits{})
	client, err := jolt.New(jolt.Config{Addr: server.Addr, Topics: []string{"orders.eu"}, Handler: pump.Handle})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	tm := teatest.NewTestModel(t, New(Options{
		Client: client, Addr: server.Addr, Topics: []string{"orders.eu"}, Renderer: renderer(termenv.Ascii, true),
	}), teatest.WithInitialTermSize(120, 40))
	ctx, cancel := context.WithCancel(context.Background())
	pumped := make(chan struct{})
	go func() {
		defer close(pumped)
		pump.Run(ctx, tm.Send)
	}()
	says := func(text string) {
		t.Helper()
		teatest.WaitFor(t, tm.Output(), func(out []byte) bool { return bytes.Contains(out, []byte(text)) },
			teatest.WithDuration(20*time.Second), teatest.WithCheckInterval(time.Millisecond))
	}
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
	tm.Send(tea.KeyMsg{Type: tea.KeyCtrlC})
	final := tm.FinalModel(t, teatest.WithFinalTimeout(20*time.Second)).(*Model)
	cancel()
	<-pumped

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

// A message is published many times through a real broker, which then goes away:
// every request is in the ledger, and what runs ends by itself.
func TestRepeatWithBroker(t *testing.T) {
	server := brokertest.Start(t, broker.Config{})
	pump := NewPump(PumpLimits{})
	client, err := jolt.New(jolt.Config{Addr: server.Addr, Topics: []string{"orders.eu"}, Handler: pump.Handle})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	tm := teatest.NewTestModel(t, New(Options{
		Client: client, Addr: server.Addr, Topics: []string{"orders.eu"}, Renderer: renderer(termenv.Ascii, true),
	}), teatest.WithInitialTermSize(120, 40))
	ctx, cancel := context.WithCancel(context.Background())
	pumped := make(chan struct{})
	go func() {
		defer close(pumped)
		pump.Run(ctx, tm.Send)
	}()
	says := func(text string) {
		t.Helper()
		teatest.WaitFor(t, tm.Output(), func(out []byte) bool { return bytes.Contains(out, []byte(text)) },
			teatest.WithDuration(20*time.Second), teatest.WithCheckInterval(time.Millisecond))
	}
	enter, repeat := tea.KeyMsg{Type: tea.KeyEnter}, tea.KeyMsg{Type: tea.KeyCtrlX}
	says("1 topic subscribed")
	tm.Type("p")
	tm.Send(tea.KeyMsg{Type: tea.KeyCtrlT})
	tm.Type("{{.Count}}")
	tm.Send(repeat)
	tm.Type("500")
	tm.Send(enter)
	says("■ done")
	tm.Type("p")
	tm.Send(repeat)
	tm.Type(" every 1h")
	tm.Send(enter)
	says("1 of 500")
	server.Stop()
	says("■ stopped: the connection was lost")
	tm.Send(tea.KeyMsg{Type: tea.KeyCtrlC})
	final := tm.FinalModel(t, teatest.WithFinalTimeout(20*time.Second)).(*Model)
	cancel()
	<-pumped

	totals, orders := final.feed.Log().Totals(), final.feed.Topic("orders.eu")
	if got := totals.Of(jolt.OpPublish, jolt.Acknowledged); got != 501 || orders.Received != 501 {
		t.Errorf("%d publishes were acknowledged and %d received, want 501", got, orders.Received)
	}
	if e := orders.History().Window().At(499); e == nil || e.Data != "500" {
		t.Errorf("the last of 500 messages is %+v", e)
	}
}
