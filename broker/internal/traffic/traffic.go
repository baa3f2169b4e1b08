package traffic

import (
	"maps"
	"strings"
	"sync"
	"time"

	"joltui/internal/system"
)

const (
	// Most is how many topics are counted at once.
	Most = 10_000
	// lingers is how long a topic without subscribers is kept after a message.
	lingers = time.Minute
	// leastSeconds is how long it takes at least to tell a rate.
	leastSeconds = 0.5
)

// Counter counts. Its methods are safe for concurrent use.
type Counter struct {
	mu     sync.Mutex
	topics map[string]*topic
	at     time.Time // when States was called last
}

// topic is what is known of one.
type topic struct {
	subscribers           int
	messages, bytes       uint64
	oldMessages, oldBytes uint64 // when States was called last
	messageRate, byteRate float64
	known                 uint64    // messages that the latest States knew of
	heard                 time.Time // by States: not later than a call after the message
}

// New returns a counter that begins at a time.
func New(now time.Time) *Counter {
	return &Counter{topics: make(map[string]*topic), at: now}
}

// Published books how many messages, and bytes, were published to each of some topics,
// whose names may change after the call. It does not ask for the time, which would take as
// long as all else.
func (c *Counter) Published(names []string, messages, bytes []int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, name := range names {
		if t := c.topic(name); t != nil {
			t.messages += uint64(messages[i])
			t.bytes += uint64(bytes[i])
		}
	}
}

// Subscribers books how many subscribers a topic has now.
func (c *Counter) Subscribers(name string, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n == 0 && c.topics[name] == nil {
		return
	}
	if t := c.topic(name); t != nil {
		t.subscribers = n
	}
}

// topic returns one, or nil if there are too many. The mutex is held.
func (c *Counter) topic(name string) *topic {
	t := c.topics[name]
	if t == nil && len(c.topics) < Most {
		t = new(topic)
		c.topics[strings.Clone(name)] = t
	}
	return t
}

// States returns what is known of each topic, with the rates since the last call. What
// nobody is subscribed to and nothing has been published to for a minute is forgotten.
func (c *Counter) States(now time.Time) map[string]system.Topic {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range c.topics {
		if t.messages != t.known {
			t.known, t.heard = t.messages, now
		}
	}
	maps.DeleteFunc(c.topics, func(_ string, t *topic) bool {
		return t.subscribers == 0 && now.Sub(t.heard) >= lingers
	})
	seconds := now.Sub(c.at).Seconds()
	tooSoon := seconds < leastSeconds
	if !tooSoon {
		c.at = now
	}
	states := make(map[string]system.Topic, len(c.topics))
	for name, t := range c.topics {
		if !tooSoon {
			t.messageRate, t.byteRate = system.Rate(t.messages-t.oldMessages, seconds), system.Rate(t.bytes-t.oldBytes, seconds)
			t.oldMessages, t.oldBytes = t.messages, t.bytes
		}
		states[name] = system.Topic{Topic: name, Subscribers: t.subscribers, Messages: t.messages, Bytes: t.bytes,
			MessageRate: t.messageRate, ByteRate: t.byteRate, LastHeard: system.At(t.heard)}
	}
	return states
}
