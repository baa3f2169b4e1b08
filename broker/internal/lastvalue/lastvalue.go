package lastvalue

import (
	"bytes"
	"container/list"
	"strings"

	"joltui/internal/pattern"
)

// overhead is about what a message takes beside its bytes.
const overhead = 250

// Store keeps the latest message of each topic that its patterns match. Its owner sees to
// it that it is not changed while it is used otherwise; Wants may be called at any time.
// A nil *Store keeps nothing.
type Store struct {
	patterns []string
	most     int // bytes
	bytes    int
	values   map[string]*list.Element
	order    *list.List // of value, the latest at the end
}

type value struct {
	topic string
	frame []byte
}

func (v value) size() int { return overhead + len(v.topic) + len(v.frame) }

// New returns a store for what patterns match, of so many bytes; nil without patterns.
func New(patterns []string, most int) *Store {
	if len(patterns) == 0 {
		return nil
	}
	return &Store{patterns: patterns, most: most, values: make(map[string]*list.Element), order: list.New()}
}

// Wants reports whether messages of a topic are kept.
func (s *Store) Wants(topic string) bool {
	if s == nil {
		return false
	}
	for _, p := range s.patterns {
		if pattern.Matches(p, topic) {
			return true
		}
	}
	return false
}

// Put keeps a copy of the latest message of a topic. For that it forgets those that were
// published to longest ago, this one too if it is too large by itself, and says how many.
func (s *Store) Put(topic string, frame []byte) (forgotten int) {
	v := value{strings.Clone(topic), bytes.Clone(frame)}
	if old := s.values[topic]; old != nil {
		s.forget(old)
	}
	s.values[v.topic] = s.order.PushBack(v)
	s.bytes += v.size()
	for s.bytes > s.most {
		s.forget(s.order.Front())
		forgotten++
	}
	return forgotten
}

func (s *Store) forget(e *list.Element) {
	v := s.order.Remove(e).(value)
	delete(s.values, v.topic)
	s.bytes -= v.size()
}

// Get returns the latest message of a topic, or nil. It must not be changed.
func (s *Store) Get(topic string) []byte {
	if s == nil || s.values[topic] == nil {
		return nil
	}
	return s.values[topic].Value.(value).frame
}

// Each calls f with every message, in the order in which they were published.
func (s *Store) Each(f func(topic string, frame []byte)) {
	if s == nil {
		return
	}
	for e := s.order.Front(); e != nil; e = e.Next() {
		v := e.Value.(value)
		f(v.topic, v.frame)
	}
}

// Size returns how many messages are kept, and about how many bytes they take.
func (s *Store) Size() (messages, bytes int) {
	if s == nil {
		return 0, 0
	}
	return len(s.values), s.bytes
}
