package load

import (
	"context"
	"testing"
	"time"

	"joltui/jolt"
)

// instantClient acknowledges at once.
type instantClient struct{ client }

func (instantClient) Start(_ context.Context, r jolt.Request, done func(*jolt.Reply)) error {
	done(&jolt.Reply{At: time.Now(), Request: r, Outcome: jolt.Acknowledged})
	return nil
}

// benchPhase is a phase of one publisher and one subscriber that has begun.
func benchPhase(size int) *phase {
	cfg := Defaults()
	cfg.Size = size
	r := &run{cfg: cfg, topics: cfg.topics(), subscribers: []*subscriber{nil}, sleepers: []sleeper{nil}}
	r.publishers = []*link{{client: instantClient{}}}
	p := r.newPhase(uint32(Measuring), schedule{publishers: 1, length: time.Hour})
	p.began = time.Now()
	return p
}

// BenchmarkPublisher is what a publisher costs apart from the client: making
// messages, keeping the window and taking outcomes.
func BenchmarkPublisher(b *testing.B) {
	for name, size := range map[string]int{"128": 128, "1024": 1024} {
		b.Run(name, func(b *testing.B) {
			s := benchPhase(size).series[0]
			ctx, stop := context.WithCancel(b.Context())
			defer stop()
			b.ReportAllocs()
			for b.Loop() {
				s.next(ctx)
				s.sent++
			}
		})
	}
}

// BenchmarkInbox is what a subscriber costs apart from the client.
func BenchmarkInbox(b *testing.B) {
	const batch = 100
	p := benchPhase(128)
	payload := newPayload(128)
	messages := make([]jolt.Message, batch)
	events := make([]jolt.Event, batch)
	var number int64
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		for i := range messages {
			messages[i] = jolt.Message{At: time.Now(), Topic: p.topics[0], Data: payload.text(header{run: p.id, number: number})}
			events[i] = &messages[i]
			number++
		}
		b.StartTimer()
		p.inboxes[0].take(events)
	}
	b.ReportMetric(float64(b.Elapsed())/float64(number), "ns/message")
}
