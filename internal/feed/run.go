package feed

import "joltui/jolt"

// run is a stretch of a batch that is applied as one: messages on known topics, for which
// there is room without a trim. The counts of a topic are updated and its oldest entries
// evicted once a run, and messages that later ones of the run would evict are not copied.
// The result is the same as message by message, 1.1 times as fast in batches of 4,096, and
// twice as fast in the large ones after a stall.
type run struct {
	owners []*Topic // the topic of each message
	topics []*Topic // these topics, each once
}

// tally is the counts of a run for one topic.
type tally struct {
	messages int // that are still to be applied
	bytes    uint64
}

// begin finds the run that batch begins with, and returns its length: 0 when the
// first event is for [Feed.event].
func (r *run) begin(f *Feed, batch []jolt.Event) int {
	room := f.limits.TopicBytes - f.heldBytes
	var t *Topic
	for _, event := range batch {
		m, ok := event.(*jolt.Message)
		if !ok {
			break
		}
		if t == nil || t.Name != m.Topic {
			if t = f.topics[m.Topic]; t == nil {
				break
			}
		}
		if room -= entryBytes + len(t.Name) + len(m.Data); room < 0 {
			break
		}
		if t.booked.messages == 0 {
			r.topics = append(r.topics, t)
		}
		t.booked.messages++
		t.booked.bytes += uint64(len(m.Data))
		r.owners = append(r.owners, t)
	}
	return len(r.owners)
}

// book applies the run that begin has found.
func (r *run) book(f *Feed, messages []jolt.Event) {
	for _, t := range r.topics {
		r.makeRoom(f, t)
	}
	r.makeRoomInAll(f, len(messages))
	for i, event := range messages {
		t, left := r.owners[i], len(messages)-1-i
		m := event.(*jolt.Message)
		t.booked.messages--
		inTopic, inAll := t.booked.messages < f.limits.TopicMessages, left < f.limits.AllMessages
		f.truncated(t, m)
		if t.watches != nil {
			f.watches.observe(t.watches, m, f.seq+1)
		}
		if t.booked.messages == 0 {
			t.LastAt, t.booked = m.At, tally{}
		}
		if !inTopic && !inAll {
			f.seq++
			continue
		}
		e := f.messageEntry(t, m)
		if inTopic {
			t.history.push(&e)
			f.heldBytes += e.cost()
			f.gather(t, &e)
		}
		if inAll {
			f.addToAll(&e)
		}
	}
	f.lastAt = messages[len(messages)-1].(*jolt.Message).At
	clear(r.owners)
	clear(r.topics)
	r.owners, r.topics = r.owners[:0], r.topics[:0]
}

// makeRoom counts the messages for t, and evicts as many entries. If there are more messages
// than the history can hold, the first of them count as evicted.
func (r *run) makeRoom(f *Feed, t *Topic) {
	n := t.booked.messages
	f.count(t, uint64(n), t.booked.bytes)
	f.counters.Held += uint64(n)
	over := t.history.Len() + n - f.limits.TopicMessages
	if over <= 0 {
		return
	}
	old := min(over, t.history.Len())
	f.evict(t, old)
	if over > old {
		skipped := over - old
		t.history.skip(skipped)
		t.Evicted += uint64(skipped)
		f.counters.Evicted += uint64(skipped)
		f.counters.Held -= uint64(skipped)
	}
}

// makeRoomInAll is makeRoom for the history of all topics, whose entries are not
// counted.
func (r *run) makeRoomInAll(f *Feed, n int) {
	over := f.all.Len() + n - f.limits.AllMessages
	if over <= 0 {
		return
	}
	old := min(over, f.all.Len())
	f.all.evict(old)
	if over > old {
		f.all.skip(over - old)
	}
}
