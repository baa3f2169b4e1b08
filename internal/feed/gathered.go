package feed

import (
	"container/heap"
	"slices"
)

// gathered is the stream of some of the topics, beside that of all of them.
type gathered struct {
	match   func(topic string) bool
	history *History
}

// Gather makes one stream of all topics that match, from what is held of them, and goes on
// with what comes; a topic that becomes known later is part of it too. There is one such
// stream at a time: the history of the one before stays as it is. A nil match ends it. It
// has the limits of the history of all topics, and is in no counter.
func (f *Feed) Gather(match func(topic string) bool) {
	f.gathered = gathered{match: match}
	if match != nil {
		f.gathered.history = new(History)
		f.lookBackAt(match)
	}
	for _, t := range f.topics {
		t.gathered = match != nil && match(t.Name)
	}
}

// Gathered returns the stream that Gather has made; nil if there is none.
func (f *Feed) Gathered() *History { return f.gathered.history }

// GatheredTopics are those whose messages Gather makes one stream of.
func (f *Feed) GatheredTopics() Topics { return f.gathered.match }

// lookBackAt fills the stream with the newest messages held of the topics that match, in the
// order in which they came. A gap, which each topic has, is one row.
func (f *Feed) lookBackAt(match func(topic string) bool) {
	var ends latestFirst
	for _, t := range f.Topics() {
		if rows := t.history.Window(); match(t.Name) && rows.Len() > 0 {
			ends = append(ends, rows)
		}
	}
	heap.Init(&ends)
	var found []*Entry // the newest first
	for len(ends) > 0 && len(found) < f.gatheredMessages() {
		e := ends[0].newest()
		if n := len(found); n > 0 && sameKind(found[n-1].Gap, e.Gap) {
			found[n-1] = oneGap(found[n-1], e)
		} else {
			found = append(found, e)
		}
		if ends[0].next--; ends[0].Len() == 0 {
			heap.Pop(&ends)
		} else {
			heap.Fix(&ends, 0)
		}
	}
	for _, e := range slices.Backward(found) {
		f.addToGathered(e)
	}
}

// sameKind reports whether both are gaps, and either both outages or neither.
func sameKind(a, b *Gap) bool { return a != nil && b != nil && a.Unsubscribed == b.Unsubscribed }

// oneGap returns the one gap that two of the same kind are between which nothing came. Each
// topic joins those between which nothing came on it, so that one outage may be part of the
// other.
func oneGap(newer, older *Entry) *Entry {
	if newer.Gap.Unsubscribed {
		return newer.joined(older.Gap)
	}
	if !older.Gap.From.Before(newer.Gap.From) {
		return newer
	}
	one, gap := *newer, *newer.Gap
	gap.From = older.Gap.From
	gap.Count = max(gap.Count, older.Gap.Count)
	if older.Gap.To.Before(newer.Gap.From) {
		gap.Count = newer.Gap.Count + older.Gap.Count
	}
	one.Gap = &gap
	return &one
}

// latestFirst is a heap of histories, that with the newest entry on top.
type latestFirst []Window

func (l latestFirst) Len() int           { return len(l) }
func (l latestFirst) Less(i, j int) bool { return l[i].newest().Seq > l[j].newest().Seq }
func (l latestFirst) Swap(i, j int)      { l[i], l[j] = l[j], l[i] }
func (l *latestFirst) Push(w any)        { *l = append(*l, w.(Window)) }
func (l *latestFirst) Pop() any {
	last := (*l)[len(*l)-1]
	*l = (*l)[:len(*l)-1]
	return last
}

// newest returns the newest entry, of which there must be one.
func (w Window) newest() *Entry { return w.At(w.next - 1) }

// gatheredMessages returns how many entries the stream holds. It is no more than a topic
// holds: a run copies no more of a topic than that.
func (f *Feed) gatheredMessages() int { return min(f.limits.AllMessages, f.limits.TopicMessages) }

// addToGathered adds e to the stream, and evicts what it has no room for.
func (f *Feed) addToGathered(e *Entry) {
	h := f.gathered.history
	h.push(e)
	for h.Len() > f.gatheredMessages() || h.bytes > f.limits.AllBytes {
		h.evict(1)
	}
}

// gather adds a message of t to the stream, if t is part of it.
func (f *Feed) gather(t *Topic, e *Entry) {
	if t.gathered {
		f.addToGathered(e)
	}
}

// gatherGap adds a gap to the stream.
func (f *Feed) gatherGap(e *Entry) {
	if h := f.gathered.history; h != nil && !h.joinGap(e) {
		f.addToGathered(e)
	}
}
