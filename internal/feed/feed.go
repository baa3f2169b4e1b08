package feed

import (
	"time"

	"joltui/internal/printable"
	"joltui/jolt"
)

// Feed is the memory of the dashboard. It is not safe for concurrent use.
type Feed struct {
	limits Limits

	topics    map[string]*Topic
	sorted    []*Topic // by name; nil when topics came or went
	nameBytes int
	heldBytes int // of the topics' histories together

	all      History
	gathered gathered
	patterns patterns
	seq      uint64
	run      run // scratch of Apply
	log      *Log
	counters Counters
	meter    meter
	now      time.Time // of the latest Tick
	lastAt   time.Time // of the latest message
	second   time.Time // when the current second of the meters began
	rolled   time.Time // see Rolled

	connection Connection
	everUp     bool
	rtt        time.Duration
	hasRTT     bool
	hints      hints
	watches    Watches
	finds      *Finds // of the filter that is set; nil without one
	former     *Finds // of the filter before, whose finds the next one searches first
	pins       Pins
}

// Counters counts from the start of the feed, exactly, whatever is still held: Received =
// Held + Evicted + Dropped.
type Counters struct {
	Received    uint64 // messages, including those dropped before they got here
	Held        uint64 // messages in the histories of topics
	Evicted     uint64 // messages that made room, or whose topic was forgotten
	Dropped     uint64 // messages that were lost before they got here
	Truncated   uint64 // messages whose payload was cut; see Limits.Body
	Bytes       uint64 // payload bytes of Received
	BadLines    uint64
	Unknown     uint64 // frames of no known kind
	Unsolicited uint64 // replies to no request
	// DroppedLines are unreadable lines and unknown frames that were lost
	// before they got here. They are in no other count.
	DroppedLines uint64
}

// New returns an empty feed.
func New(l Limits) *Feed {
	l = l.withDefaults()
	log := newLog(l.LogRows, l.LogData)
	return &Feed{
		limits:  l,
		topics:  make(map[string]*Topic),
		log:     log,
		hints:   hints{notSubscribed: make(map[string]bool), max: l.Topics},
		watches: Watches{log: log},
	}
}

// Apply takes events in wire order. It keeps copies of what it needs of them.
func (f *Feed) Apply(batch []jolt.Event) {
	for len(batch) > 0 {
		n := f.run.begin(f, batch)
		f.log.arrived(batch[:max(n, 1)])
		if n == 0 {
			f.event(batch[0])
			n = 1
		} else {
			f.run.book(f, batch[:n])
		}
		batch = batch[n:]
	}
}

// event applies one event.
func (f *Feed) event(event jolt.Event) {
	switch e := event.(type) {
	case *jolt.Message:
		f.message(e)
	case *jolt.Reply:
		f.reply(e)
	case *jolt.StateChange:
		f.stateChange(e)
	case *jolt.Gap:
		f.gap(e)
	case *jolt.BadLine:
		f.counters.BadLines++
		f.log.badLine(e)
	case *jolt.UnknownFrame:
		f.counters.Unknown++
		f.log.unknownFrame(e)
	case *jolt.Unsolicited:
		f.counters.Unsolicited++
		f.log.unsolicited(e)
	}
}

// Dropped counts messages of a topic that were dropped between the client and this feed: as
// received, and as dropped.
func (f *Feed) Dropped(topic string, messages, bytes uint64) {
	if messages == 0 {
		return
	}
	t := f.heardFirst(topic, f.now)
	f.count(t, messages, bytes)
	t.LastAt, f.lastAt = f.now, f.now
	t.Dropped += messages
	f.watches.dropped(t.watches, messages)
	f.counters.Dropped += messages
	f.log.dropped(f.now, t.Name, messages, bytes)
}

// DroppedLines counts lines that were no messages, and were dropped before they got here.
func (f *Feed) DroppedLines(n uint64) {
	if n > 0 {
		f.counters.DroppedLines += n
		f.log.droppedLines(f.now, n)
	}
}

// Tick tells the feed the time. Call it about once a second, and before each Apply and
// Dropped, which count for the second that it is in.
func (f *Feed) Tick(now time.Time) {
	f.now = now
	f.watches.tick(now)
	elapsed := now.Sub(f.second)
	if f.second.IsZero() || elapsed < 0 { // the start, or the clock was set back
		f.second, f.rolled = now, now
		return
	}
	whole := elapsed.Truncate(time.Second)
	if whole == 0 {
		return
	}
	f.second = f.second.Add(whole)
	f.log.loops.sweep(now)
	if f.meter.silent() {
		return // the meters of all topics are silent, too
	}
	f.rolled = f.second
	seconds := int(whole / time.Second)
	f.meter.roll(seconds)
	for _, t := range f.topics {
		t.meter.roll(seconds)
	}
}

// message adds m to the history of its topic and to that of all topics.
func (f *Feed) message(m *jolt.Message) {
	t := f.heardFirst(m.Topic, m.At)
	f.count(t, 1, uint64(len(m.Data)))
	t.LastAt, f.lastAt = m.At, m.At
	f.truncated(t, m)
	f.watches.observe(t.watches, m, f.seq+1)
	f.counters.Held++
	e := f.messageEntry(t, m)
	f.addToTopic(t, &e)
	f.addToAll(&e)
	f.gather(t, &e)
}

// truncated counts m if its payload is too long to be kept whole.
func (f *Feed) truncated(t *Topic, m *jolt.Message) {
	if len(m.Data) > f.limits.Body {
		t.Truncated++
		f.counters.Truncated++
	}
}

func (f *Feed) messageEntry(t *Topic, m *jolt.Message) Entry {
	e := f.nextEntry(m.At)
	e.Topic, e.Data, e.Size = t.Name, printable.Clip(m.Data, f.limits.Body), len(m.Data)
	return e
}

func (f *Feed) nextEntry(at time.Time) Entry {
	f.seq++
	return Entry{Seq: f.seq, At: at}
}

func (f *Feed) count(t *Topic, messages, bytes uint64) {
	t.Received += messages
	t.Bytes += bytes
	t.meter.add(messages, bytes)
	f.counters.Received += messages
	f.counters.Bytes += bytes
	f.meter.add(messages, bytes)
}

// All returns every topic in one stream, in arrival order.
func (f *Feed) All() *History { return &f.all }

// Log returns the ledger of requests and of what happened to the connection.
func (f *Feed) Log() *Log { return f.log }

// Counters returns the counters.
func (f *Feed) Counters() Counters { return f.counters }

// Rolled returns when rates, peaks and sparklines last changed: they are updated once a
// second, until no message has come for a minute and none of them can change.
func (f *Feed) Rolled() time.Time { return f.rolled }

// Rate returns messages a second over all topics; see [Topic.Rate].
func (f *Feed) Rate() float64 { return f.meter.rate }

// ByteRate returns payload bytes a second over all topics.
func (f *Feed) ByteRate() float64 { return f.meter.byteRate }

// Peak returns the most messages over all topics that came in one second.
func (f *Feed) Peak() float64 { return f.meter.peak }

// LastAt returns when the latest message came; zero if none did.
func (f *Feed) LastAt() time.Time { return f.lastAt }

// Spark returns the messages over all topics; see [Topic.Spark].
func (f *Feed) Spark() []float64 { return f.meter.spark[:] }

// RTT returns the round-trip time of the latest acknowledged ping, and whether
// there was one.
func (f *Feed) RTT() (time.Duration, bool) { return f.rtt, f.hasRTT }
