package broker

import (
	"joltui/broker/internal/shrink"
	"slices"
	"sync"
	"sync/atomic"
)

// engine knows which connections are subscribed to which topic and brings them
// what is published: those of this broker, or of all that share a stream. All of it is
// safe for concurrent use, and none of it waits for a subscriber.
type engine interface {
	// subscribe adds a subscriber that topic does not have yet.
	subscribe(topic string, o *outbox)
	// unsubscribe removes a subscriber. When it has returned, nothing is
	// queued for it on behalf of topic any more.
	unsubscribe(topic string, o *outbox)
	// publish queues each message of b for every subscriber of its topic, in
	// the order of b, and adds to out what the caller has to do about them. It
	// does not keep b. An engine that does so later returns what is to be waited for
	// before the messages are acknowledged; nil is nothing.
	publish(b *burst, out *fanOut) pending
	// stats returns how many topics have subscribers, and how many messages
	// were queued for them so far.
	stats() (topics int, delivered uint64)
	shared
}

// fanOut is what is left to do after a publish.
type fanOut struct {
	idle    []*outbox // wait for something to write
	behind  *outbox   // the one that is furthest behind, if any is
	waiting int       // bytes in its queue
}

// deliver has written what the waiting subscribers have queued.
func (f *fanOut) deliver() {
	for _, o := range f.idle {
		o.deliver(len(f.idle))
	}
	clear(f.idle)
	f.idle = f.idle[:0]
}

// registry is the engine of a single broker. A topic exists while it has
// subscribers.
type registry struct {
	alone
	delivered atomic.Uint64

	// The read lock is held while a burst is queued, never while anything is
	// written to a socket. One lock for all topics is enough: it is taken once
	// for a burst.
	mu     sync.RWMutex
	topics shrink.Map[string, []*outbox]
}

func newRegistry() *registry { return new(registry) }

func (r *registry) subscribe(topic string, o *outbox) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.topics.Set(topic, append(r.topics.All[topic], o))
}

func (r *registry) unsubscribe(topic string, o *outbox) {
	r.mu.Lock()
	defer r.mu.Unlock()
	left := r.topics.All[topic]
	if i := slices.Index(left, o); i >= 0 {
		left = slices.Delete(left, i, i+1)
	}
	if len(left) == 0 {
		r.topics.Remove(topic)
		return
	}
	r.topics.Set(topic, left)
}

func (r *registry) publish(b *burst, out *fanOut) pending {
	r.mu.RLock()
	defer r.mu.RUnlock()
	delivered := 0
	send := func(o *outbox, block frameBlock) {
		done := o.push(block.frames, block.buf)
		if done.accepted {
			delivered += block.count
		}
		if done.wake {
			out.idle = append(out.idle, o)
		}
		if done.behind > out.waiting {
			out.behind, out.waiting = o, done.behind
		}
	}
	if len(b.topics) == 1 {
		subscribers := r.topics.All[b.topics[0]]
		block := b.all()
		for _, o := range subscribers {
			send(o, block)
		}
	} else {
		for i, topic := range b.topics {
			for _, o := range r.topics.All[topic] {
				b.wanted[o] |= 1 << i
			}
		}
		for o, set := range b.wanted {
			send(o, b.choose(set))
		}
	}
	r.delivered.Add(uint64(delivered))
	return nil
}

func (r *registry) stats() (topics int, delivered uint64) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.topics.All), r.delivered.Load()
}
