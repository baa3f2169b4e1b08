package feed

import (
	"slices"
	"time"

	"joltui/internal/pattern"
)

// patterns are the subscriptions to patterns, where the broker has them; see package pattern.
type patterns struct {
	topics []*Topic // whose names are patterns, whatever their state
	on     bool     // the broker is known to have patterns
}

// Patterns reports whether the broker is known to have patterns: it has said so, or a message
// came on a topic that only a pattern can have brought.
func (f *Feed) Patterns() bool { return f.patterns.on }

// HasPatterns tells the feed that the broker has patterns, or has none.
func (f *Feed) HasPatterns(on bool) { f.patterns.on = on }

// By returns the subscription to a pattern by which messages of a topic come that is not
// subscribed itself; nil if there is none, or the broker is not known to have patterns.
func (f *Feed) By(t *Topic) *Topic {
	if !f.patterns.on || t.wanted() {
		return nil
	}
	return f.patterns.of(t.Name)
}

// of returns a pattern that is subscribed and matches a topic, or nil.
func (p *patterns) of(topic string) *Topic {
	for _, t := range p.topics {
		if t.wanted() && t.Name != topic && pattern.Matches(t.Name, topic) {
			return t
		}
	}
	return nil
}

// expects reports whether messages of t are expected on this connection.
func (f *Feed) expects(t *Topic) bool { return t.wanted() || f.By(t) != nil }

// heardFirst makes a topic known on which a message came. If nobody has ever asked for it and
// a pattern is subscribed that matches it, the broker has patterns.
func (f *Feed) heardFirst(name string, at time.Time) *Topic {
	t := f.topics[name]
	if t == nil {
		t = f.knownTopic(name, at)
		f.patterns.on = f.patterns.on || f.patterns.of(name) != nil
	}
	return t
}

// know adds a topic whose name is a pattern.
func (p *patterns) know(t *Topic) {
	if pattern.Is(t.Name) {
		p.topics = append(p.topics, t)
	}
}

func (p *patterns) forget(t *Topic) {
	p.topics = slices.DeleteFunc(p.topics, func(each *Topic) bool { return each == t })
}
