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
	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/loop"
)

// brokered is a whole dashboard: program, model, pump, client, TCP, broker.
type brokered struct {
	*teatest.TestModel
	t      *testing.T
	server *brokertest.Server
	stop   func() // the pump
}

func newBrokered(t *testing.T, cfg broker.Config) *brokered {
	t.Helper()
	server := brokertest.Start(t, cfg)
	pump := loop.NewPump(loop.PumpLimits{})
	client, err := jolt.New(jolt.Config{Addr: server.Addr, Topics: []string{"orders.eu"}, Handler: pump.Handle})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	tm := teatest.NewTestModel(t, New(Options{
		Client: client, Addr: server.Addr, Topics: []string{"orders.eu"}, Renderer: renderer(termenv.Ascii, true),
	}), teatest.WithInitialTermSize(120, 40))
	ctx, cancel := context.WithCancel(context.Background())
	pumped := make(chan struct{})
	go func() {
		defer close(pumped)
		pump.Run(ctx, tm.Send)
	}()
	return &brokered{tm, t, server, func() { cancel(); <-pumped }}
}

// says waits until the program writes text.
func (b *brokered) says(text string) {
	b.t.Helper()
	teatest.WaitFor(b.t, b.Output(), func(out []byte) bool { return bytes.Contains(out, []byte(text)) },
		teatest.WithDuration(20*time.Second), teatest.WithCheckInterval(time.Millisecond))
}

func (b *brokered) press(key tea.KeyType) { b.Send(tea.KeyMsg{Type: key}) }

// quit ends the program and returns its model.
func (b *brokered) quit() *Model {
	b.press(tea.KeyCtrlC)
	final := b.FinalModel(b.t, teatest.WithFinalTimeout(20*time.Second)).(*Model)
	b.stop()
	return final
}

// The broker goes away and comes back in the middle.
func TestProgramWithBroker(t *testing.T) {
	b := newBrokered(t, broker.Config{Permit: func(_ string, _ jolt.Op, topic string) bool { return topic != "secret" }})
	b.says("1 topic subscribed")
	b.Type("phello")
	b.press(tea.KeyEnter)
	b.says("✓ ok")
	b.press(tea.KeyEsc)
	b.Type("ssecret")
	b.press(tea.KeyEnter)
	b.says("forbidden: subscribe:secret is not granted")
	b.Type("g") // from the topic just asked for to all of them

	b.server.Stop()
	b.says("what is published now is lost")
	b.server.Restart()
	b.says("gap of up to")
	final := b.quit()

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

// A message is published many times through a real broker, which then goes away: every
// request is in the ledger, and the repetition ends by itself.
func TestRepeatWithBroker(t *testing.T) {
	b := newBrokered(t, broker.Config{})
	b.says("1 topic subscribed")
	b.Type("p")
	b.press(tea.KeyCtrlT)
	b.Type("{{.Count}}")
	b.press(tea.KeyCtrlX)
	b.Type("500")
	b.press(tea.KeyEnter)
	b.says("■ done")
	b.Type("p")
	b.press(tea.KeyCtrlX)
	b.Type(" every 1h") // behind what was said the last time
	b.press(tea.KeyEnter)
	b.says("1 of 500")
	b.server.Stop()
	b.says("■ stopped: the connection was lost")
	final := b.quit()

	totals, orders := final.feed.Log().Totals(), final.feed.Topic("orders.eu")
	if got := totals.Of(jolt.OpPublish, jolt.Acknowledged); got != 501 || orders.Received != 501 {
		t.Errorf("%d publishes were acknowledged and %d received, want 501", got, orders.Received)
	}
	if e := orders.History().Window().At(499); e == nil || e.Data != "500" {
		t.Errorf("the last of 500 messages is %+v", e)
	}
}

// TestEverythingComesBack: topics that were subscribed in the dashboard are subscribed again
// after an outage, and each of them shows the gap. Messages published in between are lost,
// those after it are not.
func TestEverythingComesBack(t *testing.T) {
	b := newBrokered(t, broker.Config{})
	b.says("1 topic subscribed")
	b.Type("sa,b")
	b.press(tea.KeyEnter)
	b.says("● b")
	b.Type("g") // all topics

	b.server.Stop()
	b.says("disconnected")
	b.server.Restart()
	b.says("3 topics subscribed")
	topics := []string{"a", "b", "orders.eu"}
	for i, seen := range []string{"back in", "after b", "after orders.eu"} {
		b.Type("g" + strings.Repeat("j", i+1) + "pafter " + topics[i])
		b.press(tea.KeyEnter)
		b.says(seen)
		b.press(tea.KeyEsc)
	}
	final := b.quit()
	for _, name := range topics {
		topic := final.feed.Topic(name)
		w := topic.History().Window()
		if topic.State != feed.TopicSubscribed || w.Len() != 2 || w.At(w.First()).Gap == nil || w.At(w.First()+1).Data != "after "+name {
			t.Errorf("%s is %s and holds %d entries, want the gap and a message after it", name, topic.State, w.Len())
		}
	}
}
