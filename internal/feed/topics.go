package feed

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Topics returns every topic, sorted by name. The caller must not change the
// slice; it stays as it is when topics come or go.
func (f *Feed) Topics() []*Topic {
	if f.sorted == nil {
		f.sorted = make([]*Topic, 0, len(f.topics))
		for _, t := range f.topics {
			f.sorted = append(f.sorted, t)
		}
		slices.SortFunc(f.sorted, func(a, b *Topic) int { return strings.Compare(a.Name, b.Name) })
	}
	return f.sorted
}

// Topic returns the topic of that name, or nil if it is not known.
func (f *Feed) Topic(name string) *Topic { return f.topics[name] }

// Want makes a topic known and pending, because the user asked for it, until a reply says
// more. A topic that is subscribed stays so.
func (f *Feed) Want(topic string, at time.Time) {
	t := f.knownTopic(topic, at)
	if t.State != TopicSubscribed {
		t.State = TopicPending
		t.Err = ""
	}
}

// Forget removes a topic. What its history held counts as evicted. It does not
// unsubscribe: a message that still comes makes the topic known again.
func (f *Feed) Forget(topic string) {
	if t := f.topics[topic]; t != nil {
		f.remove(t)
	}
}

// knownTopic returns the topic with a name, and makes it if there is none.
func (f *Feed) knownTopic(name string, at time.Time) *Topic {
	if t := f.topics[name]; t != nil {
		return t
	}
	f.makeRoomForTopic()
	t := &Topic{Name: strings.Clone(name), Since: at}
	f.topics[t.Name] = t
	f.assignWatchesOf(t)
	f.patterns.know(t)
	t.gathered = f.gathered.match != nil && f.gathered.match(name)
	f.nameBytes += len(t.Name)
	f.sorted = nil
	return t
}

// makeRoomForTopic removes the idle topics that were silent for longest if there
// is no room for one more.
func (f *Feed) makeRoomForTopic() {
	if len(f.topics) < f.limits.Topics && f.nameBytes < maxNameBytes {
		return
	}
	var idle []*Topic
	for _, t := range f.topics {
		if t.State == TopicIdle {
			idle = append(idle, t)
		}
	}
	slices.SortFunc(idle, silentFirst)
	for _, t := range idle {
		if len(f.topics) <= withRoom(f.limits.Topics) && f.nameBytes <= withRoom(maxNameBytes) {
			return
		}
		f.remove(t)
	}
}

// silentFirst orders topics by when they were last heard of, longest ago first.
func silentFirst(a, b *Topic) int {
	if c := a.lastSeen().Compare(b.lastSeen()); c != 0 {
		return c
	}
	return strings.Compare(a.Name, b.Name)
}

// remove takes t out of the feed and its counters.
func (f *Feed) remove(t *Topic) {
	held := t.Received - t.Evicted - t.Dropped
	f.counters.Held -= held
	f.counters.Evicted += held
	f.heldBytes -= t.history.bytes
	f.nameBytes -= len(t.Name)
	f.sorted = nil
	delete(f.topics, t.Name)
	f.patterns.forget(t)
}

// Held returns all that the histories hold of all topics, with the gaps, in the order of their
// arrival. It takes some 15 ms for 100,000 messages. The caller must not change them, and may
// read them on any goroutine.
func (f *Feed) Held() []*Entry {
	all := entriesOf(&f.all)
	for _, t := range f.topics {
		all = append(all, entriesOf(&t.history)...)
	}
	slices.SortStableFunc(all, bySeq) // so that of two the one of all topics stays
	return slices.CompactFunc(all, func(a, b *Entry) bool { return a.Seq == b.Seq })
}

func bySeq(a, b *Entry) int { return cmp.Compare(a.Seq, b.Seq) }

func entriesOf(h *History) []*Entry {
	w := h.Window()
	all := make([]*Entry, 0, w.Len())
	for pos := w.First(); pos < w.Next(); pos++ {
		all = append(all, w.At(pos))
	}
	return all
}
