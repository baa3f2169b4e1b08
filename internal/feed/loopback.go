package feed

import (
	"hash/maphash"
	"slices"
	"time"

	"joltui/jolt"
)

// loops matches publishes with the messages that come back on their topics, to time the
// loop. A message does not say who published it, so topic and payload decide: of several
// equal publishes, the oldest gets the first message. Where that may be wrong, no time is
// given: when the connection was lost, when messages were dropped, when more equal
// messages come than were published.
type loops struct {
	topics  map[string]*loopTopic
	waiting int // how many publishes wait, on all topics
	swept   time.Time
	seed    maphash.Seed
}

const (
	// maxLoops bounds how many publishes are waited for.
	maxLoops = 4096
	// loopWait is how long a publish waits for its message, and for how long no publish
	// on a topic is timed after it became unclear which message belongs to which.
	loopWait = 10 * time.Second
)

type loopTopic struct {
	flights map[payloadKey]*flight
	waiting int
	unclear time.Time // publishes before this time are not timed
}

// payloadKey is a hash of a payload, which may be long. A collision is as unlikely as a
// memory fault.
type payloadKey struct {
	size int
	hash uint64
}

// flight has the publishes with the same topic and payload, oldest first, and the messages
// that may be theirs once it is known when they were sent.
type flight struct {
	publishes []loop
	arrivals  []time.Time
}

type loop struct {
	ref, row uint64
	begun    time.Time
	sent     time.Time
	outcome  jolt.Outcome
}

func newLoops() loops {
	return loops{topics: make(map[string]*loopTopic), seed: maphash.MakeSeed()}
}

func (l *loops) key(data string) payloadKey {
	return payloadKey{len(data), maphash.String(l.seed, data)}
}

// begin waits for what r publishes; row is the position of its row.
func (l *loops) begin(r jolt.Request, row uint64, at time.Time) {
	if r.Op != jolt.OpPublish {
		return
	}
	l.sweep(at)
	t := l.topics[r.Topic]
	if t == nil {
		t = &loopTopic{flights: make(map[payloadKey]*flight)}
		l.topics[r.Topic] = t
	}
	if l.waiting >= maxLoops {
		l.giveUp(t, at)
	}
	if at.Before(t.unclear) {
		return
	}
	key := l.key(r.Data)
	f := t.flights[key]
	if f == nil {
		f = &flight{}
		t.flights[key] = f
	}
	f.publishes = append(f.publishes, loop{ref: r.Ref, row: row, begun: at})
	t.waiting++
	l.waiting++
}

// giveUp stops timing all publishes on a topic, because it has become unclear which message
// belongs to which.
func (l *loops) giveUp(t *loopTopic, at time.Time) {
	l.waiting -= t.waiting
	t.waiting = 0
	clear(t.flights)
	t.unclear = at.Add(loopWait)
}

// dropped says that messages of a topic were lost.
func (l *loops) dropped(topic string, at time.Time) {
	if t := l.topics[topic]; t != nil {
		l.giveUp(t, at)
	}
}

// disconnected stops timing all publishes: what was published on one connection does not
// come back on the next.
func (l *loops) disconnected() {
	clear(l.topics)
	l.waiting = 0
}

// sweep removes, once a second at most, publishes that have waited for loopWait.
func (l *loops) sweep(now time.Time) {
	if now.Sub(l.swept) < time.Second {
		return
	}
	l.swept = now
	for name, t := range l.topics {
		for key, f := range t.flights {
			before := len(f.publishes)
			f.publishes = slices.DeleteFunc(f.publishes, func(p loop) bool {
				return p.outcome != jolt.Pending && now.Sub(p.begun) >= loopWait
			})
			l.removeWaiting(t, key, f, before-len(f.publishes))
		}
		if t.waiting == 0 && !now.Before(t.unclear) {
			delete(l.topics, name)
		}
	}
}

// removeWaiting removes publishes that no longer wait from the counts.
func (l *loops) removeWaiting(t *loopTopic, key payloadKey, f *flight, publishes int) {
	t.waiting -= publishes
	l.waiting -= publishes
	if len(f.publishes) == 0 {
		delete(t.flights, key)
	}
}

// arrived looks for published messages among events. It takes no time while no publish
// waits, and a hash for each message on a topic where one does.
func (l *Log) arrived(events []jolt.Event) {
	if l.loops.waiting == 0 {
		return
	}
	name, t := "", (*loopTopic)(nil)
	for _, event := range events {
		m, ok := event.(*jolt.Message)
		if !ok {
			continue
		}
		if t == nil || m.Topic != name {
			name, t = m.Topic, l.loops.topics[m.Topic]
		}
		if t != nil && t.waiting > 0 {
			l.cameBack(t, m)
		}
	}
}

// cameBack records a message that may be a published one.
func (l *Log) cameBack(t *loopTopic, m *jolt.Message) {
	key := l.loops.key(m.Data)
	f := t.flights[key]
	if f == nil {
		return
	}
	if len(f.arrivals) == len(f.publishes) {
		l.loops.giveUp(t, m.At) // somebody else publishes the same
		return
	}
	f.arrivals = append(f.arrivals, m.At)
	l.settle(t, key, f)
}

// answered records the outcome of a publish. Unless its topic is subscribed, the publish no
// longer waits.
func (l *Log) answered(r *jolt.Reply, subscribed bool) {
	t := l.loops.topics[r.Request.Topic]
	if t == nil || t.waiting == 0 {
		return
	}
	key := l.loops.key(r.Request.Data)
	f := t.flights[key]
	if f == nil {
		return
	}
	i := slices.IndexFunc(f.publishes, func(p loop) bool { return p.ref == r.Request.Ref })
	if i < 0 { // one that was never announced: its message could be taken for another's
		l.loops.giveUp(t, r.At)
		return
	}
	f.publishes[i].sent, f.publishes[i].outcome = r.Sent, r.Outcome
	if !subscribed {
		f.publishes[i].outcome = jolt.Unknown
	}
	l.settle(t, key, f)
}

// settle assigns messages to publishes, oldest first, whose time of sending is known.
func (l *Log) settle(t *loopTopic, key payloadKey, f *flight) {
	done := 0
	for ; done < len(f.publishes); done++ {
		p := &f.publishes[done]
		if p.outcome == jolt.Pending {
			break
		}
		if p.outcome != jolt.Acknowledged {
			continue
		}
		for len(f.arrivals) > 0 && f.arrivals[0].Before(p.sent) {
			f.arrivals = f.arrivals[1:] // older than it: not its message
		}
		if len(f.arrivals) == 0 {
			break
		}
		l.loopedBack(p, f.arrivals[0].Sub(p.sent))
		f.arrivals = f.arrivals[1:]
	}
	f.publishes = f.publishes[done:]
	l.loops.removeWaiting(t, key, f, done)
}

// loopedBack records how long a published message took to come back.
func (l *Log) loopedBack(p *loop, took time.Duration) {
	l.version++
	l.loopBacks.add(took)
	if row := l.At(p.row); row != nil && row.Request.Ref == p.ref {
		row.LoopBack = max(took, 1)
	}
}
