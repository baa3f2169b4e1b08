package broker

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"joltui/broker/internal/roll"
	"joltui/broker/internal/stream"
	"joltui/internal/system"
	"joltui/jolt"
)

// passTime is how long a subscription waits for what was acknowledged before it.
const passTime = 5 * time.Second

// latePace is how many times as fast a subscriber has to read, to be waited for, while the
// broker is late: what the stream forgets meanwhile would be missing for all others, too.
const latePace = 4

// ErrUnavailable: what the broker shares messages through is out of reach.
var ErrUnavailable = errors.New("broker: the engine is out of reach")

// fleet is the engine of a broker that shares what is published with others. What its
// clients publish goes into the stream, and what comes of it, theirs too, to its
// subscribers: the registry knows those, of patterns too. System topics are no part of
// it: each broker tells of itself. There are no last values: a broker that starts later
// than another would not have the same.
type fleet struct {
	*registry
	cfg    stream.Config
	b      *Broker
	stream atomic.Pointer[stream.Engine] // nil until connected
	ending context.Context               // nobody is waited for any more
	end    context.CancelFunc
	run    string // tells this broker from all others, and from itself before a restart
	others *roll.Roll
	tells  sync.WaitGroup

	// The rest belongs to the goroutine that the stream calls Receive by.
	burst      *burst
	out        fanOut
	indulgence indulgence
}

func newFleet(cfg stream.Config, b *Broker) *fleet {
	f := &fleet{registry: newRegistry(nil, b.cfg.Patterns), cfg: cfg, b: b, burst: newBurst(&b.buffers), run: rand.Text()}
	f.others = roll.New(f.run)
	f.ending, f.end = context.WithCancel(context.Background())
	return f
}

func (f *fleet) connect(ctx context.Context) error {
	e, err := stream.Open(ctx, f.cfg, f.b.log, f)
	if err != nil {
		return err
	}
	f.stream.Store(e)
	f.tells.Go(func() { f.tellOthers(e) })
	return nil
}

// cardTopic is what brokers tell one another on. Clients can neither publish to it nor
// subscribe.
const cardTopic = system.Prefix + "gateway"

// tellOthers tells the other brokers of this one until it ends. Nothing is told while
// nothing can be stored: they would hear it late.
func (f *fleet) tellOthers(e *stream.Engine) {
	for {
		if e.Ready() == nil {
			line := roll.Card{Run: f.run, Name: f.b.cfg.Name, Rights: f.b.rights()}.Line()
			e.Publish(stream.Batch{
				Topics: []string{cardTopic}, Count: 1, Frames: line,
				Messages: func(yield func(topic, length int) bool) { yield(0, len(line)) },
			})
		}
		select {
		case <-time.After(roll.Every):
		case <-f.ending.Done():
			return
		}
	}
}

// heard takes what another broker tells of itself.
func (f *fleet) heard(card []byte) {
	switch name, what := f.others.Heard(card, f.b.rights(), time.Now()); what {
	case roll.Differs:
		f.b.log.Warn("another broker that shares messages has other users or permissions: give both the same configuration and reload it", "broker", name)
	case roll.Agrees:
		f.b.log.Info("another broker that shares messages has the same users and permissions again", "broker", name)
	}
}

func (f *fleet) ready() error {
	if e := f.stream.Load(); e != nil {
		return e.Ready()
	}
	return errors.New("not connected to NATS yet")
}

// EngineStats are counts of a broker that shares messages with others. They come in
// blocks, each with what many clients have published at about the same time.
type EngineStats struct {
	// Ready says that something can be published, and Late that the broker is so far
	// behind that the stream may forget what it has not read.
	Ready, Late bool
	// Reconnects are the connections to NATS made after the first one was lost.
	Reconnects uint64
	// BlocksOut were acknowledged, for which the broker waited StoreTime all together;
	// BlocksUnknown may have been stored or not, and BlocksIn were read.
	BlocksOut, BlocksUnknown, BlocksIn uint64
	StoreTime                          time.Duration
	// Interruptions are how often all subscribers were told that messages are missing.
	Interruptions uint64
	// Brokers is how many share messages now, this one included. OtherUsers are the names
	// of those whose users or permissions are not the same as here, nor is Patterns.
	Brokers    int
	OtherUsers []string
}

func (f *fleet) engineStats() *EngineStats {
	s := EngineStats{}
	if e := f.stream.Load(); e != nil {
		n := e.Stats()
		s = EngineStats{
			Ready: n.Ready, Late: n.Late, Reconnects: n.Reconnects,
			BlocksOut: n.BlocksOut, BlocksUnknown: n.BlocksUnknown, BlocksIn: n.BlocksIn, StoreTime: n.StoreTime,
			Interruptions: n.Interruptions,
		}
	}
	s.Brokers, s.OtherUsers = f.others.Others(time.Now())
	s.Brokers++
	return &s
}

func (f *fleet) close() {
	f.end()
	if e := f.stream.Load(); e != nil {
		e.Close()
	}
	f.tells.Wait()
}

func (f *fleet) pass() error {
	ctx, cancel := context.WithTimeout(context.Background(), passTime)
	defer cancel()
	if f.stream.Load().Pass(ctx) != nil {
		return errors.New("what was published before has not come back from the stream")
	}
	return nil
}

// publish waits for no subscriber: the messages are queued when they come back, and by
// then deliver waits.
func (f *fleet) publish(b *burst, out *fanOut) (crowded *outbox) {
	out.pending = append(out.pending, f.stream.Load().Publish(stream.Batch{
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
	}))
	return nil
}

// Receive implements [stream.Receiver].
func (f *fleet) Receive(messages []stream.Message, late bool) {
	pace := f.b.cfg.Limits.PaceBytes
	if late {
		pace *= latePace
	}
	for _, m := range messages {
		if m.Topic == cardTopic {
			f.heard(m.Frame)
			continue
		}
		if !f.burst.addFrame(m.Topic, m.Frame) {
			f.deliver(pace)
			f.burst.addFrame(m.Topic, m.Frame)
		}
	}
	f.deliver(pace)
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

// deliver queues the burst for the subscribers here. All that comes of the stream is one
// publisher, however many have published it: it waits for subscribers that are crowded as
// pace.go has it, and all that it waits for those that read too little is a second in a
// minute. Meanwhile the stream keeps what comes.
func (f *fleet) deliver(pace int) {
	n := len(f.burst.frames)
	a := allow(n, pace)
	for {
		slow := f.registry.publish(f.burst, &f.out)
		if slow == nil {
			break
		}
		f.b.heldUp("engine", slow, f.out.waitFor(slow, n, &a, &f.indulgence, f.ending.Done()))
	}
	f.out.keepPromises(n)
	f.out.deliver()
	f.burst.reset(batchReadBytes)
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
	add := func(o *outbox) { all[o] = true }
	for _, subscribers := range r.topics.All {
		for _, o := range subscribers {
			add(o)
		}
	}
	r.matched.trie.Each(add)
	return all
}
