package ui

import (
	"bytes"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/exp/teatest"
	"github.com/muesli/termenv"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/loop"
)

// The whole program: a real tea.Program, commands on its goroutines, a fake
// client.
func TestProgram(t *testing.T) {
	client := &fakeClient{}
	tm := teatest.NewTestModel(t, New(Options{
		Client: client, Now: noon, Topics: []string{"orders.eu"}, Renderer: renderer(termenv.Ascii, true),
	}), teatest.WithInitialTermSize(100, 30))
	says := func(text string) {
		t.Helper()
		teatest.WaitFor(t, tm.Output(), func(out []byte) bool { return bytes.Contains(out, []byte(text)) },
			teatest.WithDuration(10*time.Second), teatest.WithCheckInterval(time.Millisecond))
	}
	tm.Send(loop.Batch{Events: []jolt.Event{up(1)}})
	tm.Send(loop.Batch{Events: append(subscribed("orders.eu"), orders(noon(), 0, 3)...)})
	says(`{"id":4713,"status":"failed"`)

	tm.Type("phello")
	tm.Send(tea.KeyMsg{Type: tea.KeyEnter})
	says("… waiting")
	tm.Send(loop.Batch{Events: []jolt.Event{ack(jolt.Request{Op: jolt.OpPublish, Topic: "orders.eu", Ref: 1}, time.Millisecond)}})
	says("✓ ok")

	tm.Send(tea.KeyMsg{Type: tea.KeyCtrlC})
	final := tm.FinalModel(t, teatest.WithFinalTimeout(10*time.Second)).(*Model)
	if got := final.feed.Log().Totals().Of(jolt.OpPublish, jolt.Acknowledged); got != 1 {
		t.Errorf("%d messages were acknowledged, want 1", got)
	}
	if got := final.feed.Counters(); got.Received != 3 || got.Received != got.Held+got.Evicted+got.Dropped {
		t.Errorf("counters %+v", got)
	}
	if final.feed.Topic("orders.eu").State != feed.TopicSubscribed {
		t.Error("orders.eu is not subscribed")
	}
	client.mu.Lock()
	defer client.mu.Unlock()
	if r := client.last(t); r.Data != "hello" || r.Ref != 1 {
		t.Errorf("asked for %+v", r)
	}
}
