package topics

import (
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/pattern"
	"joltui/internal/printable"
)

// Scope is which topics the selected row stands for. Two scopes that are equal stand for the
// same ones. The zero Scope is all topics.
type Scope struct {
	Topic  string // a single one, or a pattern
	All    bool   // Topic is a pattern that the broker understands: those that match
	Group  string // those of a group of the tree
	Filter string // those that the filter of the list shows
}

// Scope returns what the selected row stands for.
func (t *Pane) Scope() Scope {
	switch {
	case t.selected.group:
		return Scope{Group: t.selected.name, Filter: t.list.filter.text}
	case t.selected.name != "":
		return Scope{Topic: t.selected.name, All: t.patterns && pattern.Is(t.selected.name)}
	default:
		return Scope{Filter: t.list.filter.text}
	}
}

// Several reports whether the scope is some of the topics: neither one nor all.
func (s Scope) Several() bool {
	return s.Group != "" || s.Topic == "" && parseNames(s.Filter).on() || s.All
}

// Has returns a function that reports whether a topic is part of the scope.
func (s Scope) Has() func(topic string) bool {
	if s.Topic != "" {
		return func(topic string) bool { return topic == s.Topic || pattern.Matches(s.Topic, topic) }
	}
	names := parseNames(s.Filter)
	return func(topic string) bool { return (s.Group == "" || inGroup(topic, s.Group)) && names.has(topic) }
}

// Prefix returns what the names of all topics of the scope begin with, as far as the title
// says so.
func (s Scope) Prefix() string {
	if s.Group == "" {
		return ""
	}
	return s.Group + "."
}

// ScopeWords names the selected row where it stands for several topics, as the title of their
// stream; rate is their messages a second.
func (t *Pane) ScopeWords(f *feed.Feed) (words string, rate float64) {
	sum, s := t.selectedSum(), t.Scope()
	if s.All {
		sum = matching(f, s.Topic)
		return printable.Name(s.Topic, maxScope) + " " + human.Counted(uint64(sum.topics), "topic"), sum.rate
	}
	topics := human.Counted(uint64(sum.topics), "topic")
	switch filter := parseNames(s.Filter); {
	case s.Group != "" && filter.on():
		return printable.Name(s.Group, maxScope) + ". " + topics + " " + filter.shown(maxScope), sum.rate
	case s.Group != "":
		return printable.Name(s.Group, maxScope) + ". " + topics, sum.rate
	default:
		return topics + " " + filter.shown(maxScope), sum.rate
	}
}

// maxScope bounds the name of a group and the filter in the title of a stream, in cells.
const maxScope = 40

// matching returns the figures of the topics that match a pattern.
func matching(f *feed.Feed, of string) (sum topicSum) {
	for _, t := range f.Topics() {
		if t.Name != of && pattern.Matches(of, t.Name) {
			sum.add(sumOf(t))
		}
	}
	return sum
}

// selectedSum returns the figures of the selected row, as of the second.
func (t *Pane) selectedSum() topicSum {
	if at := t.cursor.At(); at < uint64(len(t.list.rows)) && t.list.rows[at].node != nil {
		return t.list.rows[at].node.sum
	}
	return t.list.shown.sum
}
