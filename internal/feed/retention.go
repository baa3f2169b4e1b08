package feed

import (
	"cmp"
	"slices"
)

// addToTopic adds e to the history of t, and evicts what it has no room for.
func (f *Feed) addToTopic(t *Topic, e *Entry) {
	t.history.push(e)
	f.heldBytes += e.cost()
	if t.history.Len() > f.limits.TopicMessages {
		f.evict(t, 1)
	}
	if f.heldBytes > f.limits.TopicBytes {
		f.trim()
	}
}

// addToAll adds e to the history of all topics.
func (f *Feed) addToAll(e *Entry) {
	f.all.push(e)
	for f.all.Len() > f.limits.AllMessages || f.all.bytes > f.limits.AllBytes {
		f.all.evict(1)
	}
}

// evict drops the n oldest entries of t.
func (f *Feed) evict(t *Topic, n int) {
	before := t.history.bytes
	messages := uint64(t.history.evict(n))
	t.Evicted += messages
	f.counters.Evicted += messages
	f.counters.Held -= messages
	f.heldBytes -= before - t.history.bytes
}

// trim brings the histories of the topics below their byte limit. The largest are cut down
// to a common size, so a busy topic never takes the history of a quiet one.
func (f *Feed) trim() {
	heaviest := make([]*Topic, 0, len(f.topics))
	for _, t := range f.topics {
		heaviest = append(heaviest, t)
	}
	slices.SortFunc(heaviest, func(a, b *Topic) int {
		if c := cmp.Compare(b.history.bytes, a.history.bytes); c != 0 {
			return c
		}
		return silentFirst(a, b)
	})
	target := withRoom(f.limits.TopicBytes)
	level := commonLevel(heaviest, f.heldBytes-target)
	for _, t := range heaviest {
		for t.history.bytes > level && f.heldBytes > target {
			f.evict(t, 1)
		}
	}
}

// commonLevel returns the size to which the largest topics have to shrink to free excess
// bytes together. The topics are sorted, the largest first.
func commonLevel(heaviest []*Topic, excess int) int {
	sum := 0
	for i, t := range heaviest {
		sum += t.history.bytes
		following := 0
		if i+1 < len(heaviest) {
			following = heaviest[i+1].history.bytes
		}
		if n := i + 1; sum-n*following >= excess {
			return (sum - excess) / n
		}
	}
	return 0
}
