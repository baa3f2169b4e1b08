package broker

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"joltui/broker/internal/stream"
	"joltui/jolt"
)

// passTime is how long a subscription waits for what was acknowledged before it.
const passTime = 5 * time.Second

// ErrUnavailable: what the broker shares messages through is out of reach.
var ErrUnavailable = errors.New("broker: the engine is out of reach")

// fleet is the engine of a broker that shares what is published with others. What its
// clients publish goes into the stream, and what comes of it, theirs too, to its
// subscribers: the registry knows those.
type fleet struct {
	*registry
	cfg    stream.Config
	log    *slog.Logger
	pace   int                           // bytes a second
	stream atomic.Pointer[stream.Engine] // nil until connected

	// The rest belongs to the goroutine that the stream calls Receive by.
	burst      *burst
	out        fanOut
	unpaced    int
	indulgence indulgence
}

func newFleet(cfg stream.Config, l Limits, log *slog.Logger, b *buffers) *fleet {
	return &fleet{registry: newRegistry(), cfg: cfg, log: log, pace: l.PaceBytes, burst: newBurst(b)}
}

func (f *fleet) connect(ctx context.Context) error {
	e, err := stream.Open(ctx, f.cfg, f.log, f)
	if err != nil {
		return err
	}
	f.stream.Store(e)
	return nil
}

func (f *fleet) ready() error {
	if e := f.stream.Load(); e != nil {
		return e.Ready()
	}
	return errors.New("not connected to NATS yet")
}

func (f *fleet) close() {
	if e := f.stream.Load(); e != nil {
		e.Close()
	}
}

func (f *fleet) pass() error {
	ctx, cancel := context.WithTimeout(context.Background(), passTime)
	defer cancel()
	if f.stream.Load().Pass(ctx) != nil {
		return errors.New("what was published before has not come back from the stream")
	}
	return nil
}

func (f *fleet) publish(b *burst, _ *fanOut) pending {
	return f.stream.Load().Publish(stream.Batch{
		Topics: b.topics, Count: len(b.messages), Frames: b.frames,
		Messages: func(yield func(topic, length int) bool) {
			begin := 0
			for _, m := range b.messages {
				if !yield(m.topic, m.end-begin) {
					return
				}
				begin = m.end
			}
		},
	})
}

// Receive implements [stream.Receiver].
func (f *fleet) Receive(messages []stream.Message) {
	for _, m := range messages {
		if !f.burst.addFrame(m.Topic, m.Frame) {
			f.deliver()
			f.burst.addFrame(m.Topic, m.Frame)
		}
	}
	f.deliver()
}

// addFrame is add for a message that is encoded already.
func (b *burst) addFrame(topic string, frame []byte) bool {
	i, ok := b.index[topic]
	if !ok {
		if i = len(b.topics); i == maxBurstTopics {
			return false
		}
		b.index[topic] = i
		b.topics = append(b.topics, topic)
	}
	b.frames = append(b.frames, frame...)
	b.messages = append(b.messages, message{i, len(b.frames)})
	return true
}

func (f *fleet) deliver() {
	f.registry.publish(f.burst, &f.out)
	f.out.deliver()
	f.unpaced += len(f.burst.frames)
	f.burst.reset(batchReadBytes)
	f.slowDown()
}

// slowDown pauses as a session that publishes a lot does, for subscribers that are
// behind. Meanwhile the stream keeps what comes.
func (f *fleet) slowDown() {
	if f.unpaced < paceBytes {
		return
	}
	published := f.unpaced
	f.unpaced = 0
	slow := f.out.behind
	if slow == nil {
		return
	}
	f.out.behind, f.out.waiting = nil, 0
	short := time.Duration(float64(published) / float64(f.pace) * float64(time.Second))
	waited := slow.catchUp(short, min(longPause, f.indulgence.left(time.Now())))
	f.indulgence.used += max(0, waited-short)
}

// Interrupt implements [stream.Receiver]: whoever is subscribed is told that messages
// are missing, and disconnected.
func (f *fleet) Interrupt(reason string) {
	for o := range f.registry.everyone() {
		o.cut(refuse(jolt.CodeInterrupted, "%s", reason))
	}
}

// everyone returns all that are subscribed to something.
func (r *registry) everyone() map[*outbox]bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	all := make(map[*outbox]bool)
	for _, subscribers := range r.topics.All {
		for _, o := range subscribers {
			all[o] = true
		}
	}
	return all
}
