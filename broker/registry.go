package broker

import (
	"joltui/broker/internal/lastvalue"
	"joltui/broker/internal/shrink"
	"joltui/internal/pattern"
	"slices"
	"sync"
	"sync/atomic"
)

// engine knows which connections are subscribed to which topic and brings them
// what is published: those of this broker, or of all that share a stream. All of it is
// safe for concurrent use, and none of it waits for a subscriber.
type engine interface {
	// subscribe adds a subscriber that topic does not have yet. Where there is a last
	// value for it, ack is queued, and the value behind it; it returns whether that is so.
	subscribe(topic string, o *outbox, ack []byte) (told bool)
	// keeps reports whether there can be a last value for who subscribes to topic.
	keeps(topic string) bool
	// unsubscribe removes a subscriber. When it has returned, nothing is
	// queued for it on behalf of topic any more.
	unsubscribe(topic string, o *outbox)
	// publish queues each message of b for every subscriber of its topic, in
	// the order of b, and adds to out what the caller has to do about them. It
	// does not keep b. Where a subscriber is crowded, and not admitted in out, it queues
	// nothing and returns it. An engine that queues it later adds to out what is to be
	// waited for before the messages are acknowledged.
	publish(b *burst, out *fanOut) (crowded *outbox)
	// stats returns how many topics have subscribers, and how many messages, and bytes
	// of them, were queued for them so far.
	stats() (topics int, delivered, bytes uint64)
	// lastValues returns how many last values there are, and how much they take.
	lastValues() (messages, bytes int)
	// observe has f told how many subscribers topics have: of so many now, and of each
	// that has others from then on. Nil ends that. f must not wait for anything.
	observe(f func(topic string, subscribers int), most int)
	shared
}

// fanOut is what is left to do after a publish.
type fanOut struct {
	idle []*outbox // wait for something to write
	// admitted are crowded, and have been waited for.
	admitted []*outbox
	// forgotten are last values for which there was no room any more.
	forgotten int
	// pending is what is to be waited for before the messages are acknowledged.
	pending []pending
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
	delivered, bytes atomic.Uint64

	// The read lock is held while a burst is queued, never while anything is
	// written to a socket. One lock for all topics is enough: it is taken once
	// for a burst.
	mu     sync.RWMutex
	topics shrink.Map[string, []*outbox]
	// watch, if not nil, is told with the lock held when a topic has another number of
	// subscribers.
	watch func(topic string, subscribers int)
	// last has the last values. All that publishes to their topics holds the lock alone:
	// the order of their messages is the same for every subscriber, and the last one is
	// the one that is kept.
	last *lastvalue.Store
	// matched has the subscriptions to patterns.
	matched matched
}

func newRegistry(last *lastvalue.Store, patterns bool) *registry {
	return &registry{last: last, matched: matched{on: patterns}}
}

func (r *registry) subscribe(topic string, o *outbox, ack []byte) (told bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	greeting := r.greeting(topic, o)
	if r.matched.is(topic) {
		r.tell(topic, r.matched.change(topic, o, 1))
	} else {
		r.assign(topic, append(r.topics.All[topic], o))
	}
	if greeting.count == 0 {
		return false
	}
	o.greet(ack, greeting)
	r.delivered.Add(uint64(greeting.count))
	r.bytes.Add(uint64(len(greeting.frames)))
	return true
}

// greeting is the last values for who is about to subscribe, but for those that it has had
// because of another subscription. The lock is held.
func (r *registry) greeting(topic string, o *outbox) (g frameBlock) {
	add := func(topic string, value []byte) {
		if !slices.Contains(r.subscribers(topic), o) {
			g.frames = append(g.frames, value...)
			g.count++
		}
	}
	if r.matched.is(topic) {
		r.last.Each(func(of string, value []byte) {
			if pattern.Matches(topic, of) {
				add(of, value)
			}
		})
	} else if value := r.last.Get(topic); value != nil {
		add(topic, value)
	}
	return g
}

// subscribers returns all who get messages of a topic. The lock is held.
func (r *registry) subscribers(topic string) []*outbox {
	return r.matched.subscribers(topic, r.topics.All[topic])
}

// tell says how many subscribers there are now. The lock is held.
func (r *registry) tell(topic string, subscribers int) {
	if r.watch != nil {
		r.watch(topic, subscribers)
	}
}

func (r *registry) keeps(topic string) bool {
	return r.last != nil && (r.last.Wants(topic) || r.matched.is(topic))
}

// assign gives a topic its subscribers. The mutex is held.
func (r *registry) assign(topic string, subscribers []*outbox) {
	if len(subscribers) == 0 {
		r.topics.Remove(topic)
	} else {
		r.topics.Set(topic, subscribers)
	}
	r.matched.forget(topic)
	r.tell(topic, len(subscribers))
}

func (r *registry) unsubscribe(topic string, o *outbox) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.matched.is(topic) {
		r.tell(topic, r.matched.change(topic, o, -1))
		return
	}
	left := r.topics.All[topic]
	if i := slices.Index(left, o); i >= 0 {
		left = slices.Delete(left, i, i+1)
	}
	r.assign(topic, left)
}

func (r *registry) publish(b *burst, out *fanOut) (crowded *outbox) {
	kept := r.kept(b)
	if kept != 0 {
		r.mu.Lock()
		defer r.mu.Unlock()
	} else {
		r.mu.RLock()
		defer r.mu.RUnlock()
	}
	if crowded = r.address(b, out); crowded != nil {
		return crowded
	}
	if kept != 0 {
		out.forgotten += r.keep(b, kept)
	}
	r.fanOut(b, out)
	return nil
}

// address finds out who gets which messages of b, or who is crowded. The lock is held.
func (r *registry) address(b *burst, out *fanOut) (crowded *outbox) {
	if len(b.topics) == 1 {
		for _, o := range r.subscribers(b.topics[0]) {
			if out.isCrowded(o) {
				return o
			}
		}
		return nil
	}
	clear(b.wanted)
	for i, topic := range b.topics {
		for _, o := range r.subscribers(topic) {
			if out.isCrowded(o) {
				return o
			}
			b.wanted[o] |= 1 << i
		}
	}
	return nil
}

// fanOut queues each message of b for those that address found. The lock is held.
func (r *registry) fanOut(b *burst, out *fanOut) {
	delivered, size := 0, 0
	send := func(o *outbox, block frameBlock) {
		done := o.push(block)
		if done.accepted {
			delivered += block.count
			size += len(block.frames)
		}
		if done.wake {
			out.idle = append(out.idle, o)
		}
	}
	if len(b.topics) == 1 {
		subscribers := r.subscribers(b.topics[0])
		block := b.all()
		for _, o := range subscribers {
			send(o, block)
		}
	} else {
		for o, set := range b.wanted {
			send(o, b.choose(set))
		}
	}
	r.delivered.Add(uint64(delivered))
	r.bytes.Add(uint64(size))
}

func (r *registry) stats() (topics int, delivered, bytes uint64) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.topics.All) + len(r.matched.patterns), r.delivered.Load(), r.bytes.Load()
}

func (r *registry) observe(f func(topic string, subscribers int), most int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.watch = f
	if f == nil {
		return
	}
	for name, subscribers := range r.matched.patterns {
		if most--; most < 0 {
			return
		}
		f(name, subscribers)
	}
	for topic, subscribers := range r.topics.All {
		if most--; most < 0 {
			return
		}
		f(topic, len(subscribers))
	}
}

func (r *registry) lastValues() (messages, bytes int) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.last.Size()
}

// kept returns the topics of a burst whose messages are kept.
func (r *registry) kept(b *burst) (set topicSet) {
	if r.last == nil {
		return 0
	}
	for i, topic := range b.topics {
		if r.last.Wants(topic) {
			set |= 1 << i
		}
	}
	return set
}

// keep keeps the last message of each topic in set. The lock is held.
func (r *registry) keep(b *burst, set topicSet) (forgotten int) {
	for i := len(b.messages) - 1; set != 0; i-- {
		m, begin := b.messages[i], 0
		if i > 0 {
			begin = b.messages[i-1].end
		}
		if set.has(m.topic) {
			set &^= 1 << m.topic
			forgotten += r.last.Put(b.topics[m.topic], b.frames[begin:m.end])
		}
	}
	return forgotten
}
