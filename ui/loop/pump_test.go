package loop

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"joltui/jolt"
)

func message(topic string, n int) *jolt.Message {
	data := fmt.Sprintf("%08d", n)
	return &jolt.Message{Topic: topic, Data: data}
}

func messages(topic string, n int) []jolt.Event {
	events := make([]jolt.Event, n)
	for i := range events {
		events[i] = message(topic, i)
	}
	return events
}

// runPump runs p in a synctest bubble and passes during what it has sent, and when, since the
// start.
func runPump(t *testing.T, p *Pump, during func(sent *[]Batch, at *[]time.Duration)) {
	t.Helper()
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	var sent []Batch
	var at []time.Duration
	start := time.Now()
	go func() {
		defer close(ended)
		p.Run(ctx, func(msg tea.Msg) {
			sent = append(sent, msg.(Batch))
			at = append(at, time.Since(start))
		})
	}()
	synctest.Wait()
	during(&sent, &at)
	cancel()
	<-ended
}

func TestPumpSendsAtOnceWhenIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPump(PumpLimits{})
		runPump(t, p, func(_ *[]Batch, at *[]time.Duration) {
			for range 3 {
				p.Handle(messages("a", 1))
				synctest.Wait()
				time.Sleep(time.Second)
			}
			synctest.Wait()
			if want := []time.Duration{0, time.Second, 2 * time.Second}; !cmp.Equal(*at, want) {
				t.Errorf("sent at %v, want %v", *at, want)
			}
		})
	})
}

func TestPumpCoalescesAFrame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPump(PumpLimits{})
		runPump(t, p, func(sent *[]Batch, at *[]time.Duration) {
			for range 64 {
				p.Handle(messages("a", 10))
				time.Sleep(time.Millisecond)
			}
			time.Sleep(time.Second)
			synctest.Wait()
			if want := []time.Duration{0, FrameTime, 2 * FrameTime, 3 * FrameTime, 4 * FrameTime}; !cmp.Equal(*at, want) {
				t.Errorf("sent at %v, want %v", *at, want)
			}
			if n := countEvents(*sent); n != 640 {
				t.Errorf("%d events were sent, want 640", n)
			}
		})
	})
}

func countEvents(batches []Batch) (n int) {
	for _, b := range batches {
		n += len(b.Events)
	}
	return n
}

func TestPumpSendsNothingWhenNothingCame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPump(PumpLimits{})
		runPump(t, p, func(sent *[]Batch, _ *[]time.Duration) {
			p.Handle(nil)
			time.Sleep(time.Minute)
			synctest.Wait()
			if len(*sent) != 0 {
				t.Errorf("%d batches were sent", len(*sent))
			}
		})
	})
}

// A program that takes nothing for a while must neither stop the reader nor make any count
// wrong.
func TestPumpCountsWhatAStalledProgramLoses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const total, each = 1_000_000, 500
		p := NewPump(PumpLimits{Messages: 1000})
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		program := make(chan Batch)
		ended := make(chan struct{})
		var underWay Batch
		go func() {
			defer close(ended)
			p.Run(ctx, func(msg tea.Msg) {
				select {
				case program <- msg.(Batch):
				case <-ctx.Done():
					underWay = msg.(Batch)
				}
			})
		}()
		var delivered, dropped, waiting uint64
		book := func(b Batch, events *uint64) {
			*events += uint64(len(b.Events))
			for _, d := range b.Drops {
				dropped += d.Messages
			}
		}
		batch := messages("a", each)
		for i := range total / each {
			p.Handle(batch)
			if i%100 == 50 {
				book(<-program, &delivered)
			}
		}
		synctest.Wait()
		cancel()
		<-ended
		book(underWay, &waiting)
		book(p.take(), &waiting)
		if sum := delivered + dropped + waiting; sum != total {
			t.Errorf("delivered %d + dropped %d + waiting %d = %d, want %d", delivered, dropped, waiting, sum, total)
		}
		if dropped == 0 || delivered == 0 || waiting == 0 {
			t.Errorf("delivered %d, dropped %d, waiting %d: the program was not stalled", delivered, dropped, waiting)
		}
	})
}

func TestPumpNeverDropsRepliesAndKeepsOrder(t *testing.T) {
	p := NewPump(PumpLimits{Messages: 3})
	var kept []jolt.Event
	for i := range 100 {
		reply := &jolt.Reply{Request: jolt.Request{Ref: uint64(i)}}
		m := message("a", i)
		p.Handle([]jolt.Event{m, reply})
		if i >= 97 {
			kept = append(kept, m)
		}
		kept = append(kept, reply)
	}
	got := p.take()
	if diff := cmp.Diff(kept, got.Events); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Drop{{Topic: "a", Messages: 97, Bytes: 97 * 8}}, got.Drops); diff != "" {
		t.Errorf("drops (-want +got):\n%s", diff)
	}
}

func TestPumpCountsDropsByTopic(t *testing.T) {
	p := NewPump(PumpLimits{Messages: 2})
	p.Handle([]jolt.Event{message("a", 1), message("b", 2), message("a", 3), message("c", 4), message("c", 5)})
	want := []Drop{{Topic: "a", Messages: 2, Bytes: 16}, {Topic: "b", Messages: 1, Bytes: 8}}
	if diff := cmp.Diff(want, p.take().Drops); diff != "" {
		t.Errorf("drops (-want +got):\n%s", diff)
	}
	if again := p.take(); len(again.Drops)+len(again.Events) != 0 {
		t.Errorf("taken twice: %+v", again)
	}
}

// A broker can send lines that are no messages without end, too.
func TestPumpCountsLinesThatAreDropped(t *testing.T) {
	p := NewPump(PumpLimits{Messages: 2})
	reply := &jolt.Reply{}
	last := &jolt.UnknownFrame{Raw: "{}"}
	p.Handle([]jolt.Event{&jolt.BadLine{Raw: "x"}, &jolt.UnknownFrame{Raw: "{}"}, reply, message("a", 1), last})
	want := Batch{Events: []jolt.Event{reply, message("a", 1), last}, LostLines: 2}
	if diff := cmp.Diff(want, p.take()); diff != "" {
		t.Errorf("batch (-want +got):\n%s", diff)
	}
}

func TestPumpBoundsBytesByTheLines(t *testing.T) {
	p := NewPump(PumpLimits{Bytes: 20})
	p.Handle(messages("a", 3))
	if got := p.take(); len(got.Events) != 2 || got.Drops[0].Messages != 1 {
		t.Errorf("%d events are left and the drops are %+v; want 2 and 1 dropped", len(got.Events), got.Drops)
	}
	huge := message("a", 1)
	huge.Data = string(make([]byte, 21))
	p.Handle([]jolt.Event{huge})
	if got := p.take(); len(got.Events) != 0 || len(got.Drops) != 1 {
		t.Errorf("a line beyond the bound was kept: %+v", got)
	}
}

// Under a stall the backlog must not grow with what was dropped.
func TestBacklogIsBounded(t *testing.T) {
	var b backlog
	limits := PumpLimits{Messages: 100, Bytes: 1 << 20}
	for i := range 100_000 {
		b.add(message("a", i), limits)
	}
	if len(b.events) > 2*limits.Messages+1 {
		t.Errorf("%d slots for %d messages", len(b.events), b.traffic)
	}
}

func BenchmarkPumpHandle(b *testing.B) {
	p := NewPump(PumpLimits{})
	events := messages("a", 512)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p.Handle(events)
		if i%40 == 0 {
			p.take()
		}
	}
	b.ReportMetric(float64(b.N)*512/b.Elapsed().Seconds(), "messages/s")
}
