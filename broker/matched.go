package broker

import (
	"slices"
	"sync"

	"joltui/broker/internal/trie"
	"joltui/internal/pattern"
)

// mostMatched is for how many topics it is remembered who gets their messages.
const mostMatched = 16 << 10

// matched are subscriptions to patterns, and for topics that were published to lately all
// who get their messages, each once. The lock of the registry guards it: held alone to
// change subscriptions, together to find subscribers.
type matched struct {
	on       bool // patterns are understood
	trie     trie.Trie[*outbox]
	patterns map[string]int // how many have subscribed to each

	mu    sync.RWMutex // of cache
	cache map[string][]*outbox
}

// is reports whether a name is a pattern, and understood as one.
func (m *matched) is(name string) bool { return m.on && pattern.Is(name) }

// change adds a subscriber of a pattern, or removes it, and returns how many there are.
func (m *matched) change(name string, o *outbox, by int) int {
	if m.patterns == nil {
		m.patterns = make(map[string]int)
	}
	if by > 0 {
		m.trie.Add(name, o)
	} else {
		m.trie.Remove(name, o)
	}
	m.patterns[name] += by
	n := m.patterns[name]
	if n == 0 {
		delete(m.patterns, name)
	}
	m.cache = nil
	return n
}

// forget drops what is remembered of a topic, whose own subscribers have changed.
func (m *matched) forget(topic string) { delete(m.cache, topic) }

// subscribers returns those of a topic whose own are exact. They must not be changed.
func (m *matched) subscribers(topic string, exact []*outbox) []*outbox {
	if m.trie.Len() == 0 {
		return exact
	}
	m.mu.RLock()
	all, known := m.cache[topic]
	m.mu.RUnlock()
	if known {
		return all
	}
	all = m.trie.Match(topic, slices.Clone(exact))
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.cache == nil || len(m.cache) >= mostMatched {
		m.cache = make(map[string][]*outbox)
	}
	m.cache[string([]byte(topic))] = all // the name changes with the next read
	return all
}
