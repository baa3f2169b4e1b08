package broker

import (
	"encoding/json"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"joltui/broker/internal/traffic"
	"joltui/internal/system"
	"joltui/jolt"
)

const (
	// boardEvery is how often subscribers to system topics are told what has changed.
	boardEvery = time.Second
	// rowsInPart is how many topics, or clients, are told of in one message.
	rowsInPart = 200
	// mostEvents is how many events are told in a second; the others are counted.
	mostEvents = 1000
	// queueShare is which part of its queue a subscriber is told at most at a time.
	queueShare = 4
)

// board tells those who are subscribed to system topics what they want to know. As long
// as nobody is, nothing is counted for it, and a publish pays for one look at a pointer.
// Its methods are safe for concurrent use; none waits for a subscriber. Its mutex is taken
// before that of the broker, the registry or an outbox, and never with one of them held.
type board struct {
	b        *Broker
	counter  atomic.Pointer[traffic.Counter] // nil while nobody is subscribed to topics
	eventful atomic.Bool                     // somebody is subscribed to events

	mu       sync.Mutex
	watchers map[string][]*outbox
	timer    *time.Timer // nil while nobody is subscribed
	before   *sample     // the counts of a second ago
	topics   system.Table[string, system.Topic]
	total    int // topics there are
	clients  clientTable
	// What subscribers were told of how many there are.
	toldTopics, toldClients int
	events                  int // in this second
}

func newBoard(b *Broker) *board {
	return &board{b: b, watchers: make(map[string][]*outbox), clients: newClientTable(),
		topics: system.NewTable[string](func(t system.Topic) int { return 250 + 2*len(t.Topic) })}
}

// unknownToBoard refuses names that are the broker's, and stand for nothing.
func unknownToBoard(topic string) *refusal {
	if !system.Owned(topic) || slices.Contains(system.Names(), topic) {
		return nil
	}
	return refuse(jolt.CodeUnknownTopic, "there is no %s, only %s, %s, %s and %s", topic,
		system.BrokerTopic, system.TopicsTopic, system.ClientsTopic, system.EventsTopic)
}

// subscribe adds a subscriber to a system topic, sends it ack, and behind that what there
// is to know.
func (d *board) subscribe(topic string, o *outbox, ack []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.watchers[topic] = append(d.watchers[topic], o)
	if len(d.watchers[topic]) == 1 {
		d.begin(topic) // before the reply: what happens from then on counts
	}
	o.reply(ack)
	if d.timer == nil {
		d.timer = time.AfterFunc(boardEvery, d.tick)
	}
	to := []*outbox{o}
	switch topic {
	case system.BrokerTopic:
		state, _ := d.b.state(nil)
		d.tell(to, topic, state)
	case system.TopicsTopic:
		d.tellTopics(to, true, d.topics.All(d.budget()), nil)
	case system.ClientsTopic:
		d.tellClients(to, true, d.clients.told.All(d.budget()), nil)
	}
}

// begin gets ready for the first subscriber to a system topic. The mutex is held.
func (d *board) begin(topic string) {
	switch topic {
	case system.BrokerTopic:
		_, d.before = d.b.state(nil)
	case system.TopicsTopic:
		d.beginTopics()
	case system.ClientsTopic:
		d.clients.next(d.b.everySession(), d.budget())
	case system.EventsTopic:
		d.eventful.Store(true)
	}
}

func (d *board) unsubscribe(topic string, o *outbox) {
	d.mu.Lock()
	defer d.mu.Unlock()
	left := slices.DeleteFunc(d.watchers[topic], func(other *outbox) bool { return other == o })
	if d.watchers[topic] = left; len(left) > 0 {
		return
	}
	delete(d.watchers, topic)
	switch topic {
	case system.BrokerTopic:
		d.before = nil
	case system.TopicsTopic:
		d.counter.Store(nil)
		d.b.engine.observe(nil, 0)
		d.topics.Clear()
	case system.ClientsTopic:
		d.clients = newClientTable()
	case system.EventsTopic:
		d.eventful.Store(false)
	}
	if len(d.watchers) == 0 {
		d.timer.Stop()
		d.timer = nil
	}
}

// tick tells what has changed in a second.
func (d *board) tick() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timer == nil {
		return
	}
	d.timer.Reset(boardEvery)
	if to := d.watchers[system.BrokerTopic]; len(to) > 0 {
		state, now := d.b.state(d.before)
		d.before = now
		d.tell(to, system.BrokerTopic, state)
	}
	if to := d.watchers[system.TopicsTopic]; len(to) > 0 {
		changed, gone := d.nextTopics(d.counter.Load())
		d.tellTopics(to, false, changed, gone)
	}
	if to := d.watchers[system.ClientsTopic]; len(to) > 0 {
		changed, gone := d.clients.next(d.b.everySession(), d.budget())
		d.tellClients(to, false, changed, gone)
	}
	if omitted := d.events - mostEvents; omitted > 0 {
		d.tell(d.watchers[system.EventsTopic], system.EventsTopic,
			system.Event{Time: system.At(time.Now()), Event: system.Omitted, Count: omitted})
	}
	d.events = 0
}

// budget is about how many bytes a message may have, with those that continue it.
func (d *board) budget() int { return d.b.cfg.Limits.QueueBytes / queueShare }

// beginTopics counts from now on. The mutex is held.
func (d *board) beginTopics() {
	counter := traffic.New(time.Now())
	d.b.engine.observe(counter.Subscribers, traffic.Most)
	d.counter.Store(counter)
	d.nextTopics(counter)
}

func (d *board) nextTopics(counter *traffic.Counter) (changed []system.Topic, gone []string) {
	states := counter.States(time.Now())
	if d.total = len(states); d.total >= traffic.Most {
		subscribed, _, _ := d.b.engine.stats()
		d.total = max(d.total, subscribed)
	}
	return d.topics.Next(states, d.budget())
}

// count books what a burst publishes, if somebody wants to know.
func (d *board) count(b *burst) {
	if counter := d.counter.Load(); counter != nil {
		b.countInto(counter)
	}
}

// countInto books the messages of each topic at once.
func (b *burst) countInto(counter *traffic.Counter) {
	var messages, size [maxBurstTopics]int
	begin := 0
	for _, m := range b.messages {
		messages[m.topic]++
		size[m.topic] += m.end - begin
		begin = m.end
	}
	counter.Published(b.topics, messages[:], size[:])
}

func (d *board) tellTopics(to []*outbox, whole bool, changed []system.Topic, gone []string) {
	always := whole || d.total != d.toldTopics
	d.toldTopics = d.total
	inParts(always, whole, changed, gone, func(part system.Part, changed []system.Topic, gone []string) {
		part.Total = d.total
		d.tell(to, system.TopicsTopic, system.Topics{Part: part, Topics: changed, Gone: gone})
	})
}

func (d *board) tellClients(to []*outbox, whole bool, changed []system.Client, gone []uint64) {
	always := whole || d.clients.total != d.toldClients
	d.toldClients = d.clients.total
	inParts(always, whole, changed, gone, func(part system.Part, changed []system.Client, gone []uint64) {
		part.Total = d.clients.total
		d.tell(to, system.ClientsTopic, system.Clients{Part: part, Clients: changed, Gone: gone})
	})
}

// inParts divides rows among messages. What is always told is told even if it is nothing: a
// new whole, and how many there are, which also changes with those that were not told of yet.
func inParts[V, K any](always, whole bool, changed []V, gone []K, tell func(system.Part, []V, []K)) {
	for always || len(changed)+len(gone) > 0 {
		rows, keys := changed[:min(rowsInPart, len(changed))], gone[:min(rowsInPart, len(gone))]
		changed, gone = changed[len(rows):], gone[len(keys):]
		tell(system.Part{Whole: whole, More: len(changed)+len(gone) > 0}, rows, keys)
		always, whole = false, false
	}
}

// tell sends what v is to some subscribers of a system topic. The mutex is held.
func (d *board) tell(to []*outbox, topic string, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // the types of package system can all be written
	}
	block := frameBlock{frames: jolt.AppendMessage(nil, topic, string(data)), count: 1}
	var out fanOut
	for _, o := range to {
		if o.push(block).wake {
			out.idle = append(out.idle, o)
		}
	}
	out.deliver()
}
