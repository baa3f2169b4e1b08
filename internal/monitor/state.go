package monitor

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"joltui/internal/system"
)

// state is what messages of $SYS topics have said. It is bounded, whatever they say. Its
// methods are not safe for concurrent use.
type state struct {
	broker  *system.Broker
	topics  table[string, system.Topic]
	clients table[uint64, system.Client]
	events  []system.Event // those before the latest MaxEvents are cut off now and then
	ignored uint64         // messages, and rows of them, that say nothing that is understood
}

func newState() *state {
	s := new(state)
	s.forget()
	return s
}

// forget is for a new connection: what has happened stays, what there is comes anew.
func (s *state) forget() {
	s.broker = nil
	s.topics = table[string, system.Topic]{rows: make(map[string]system.Topic), most: MaxTopics}
	s.clients = table[uint64, system.Client]{rows: make(map[uint64]system.Client), most: MaxClients}
}

// hear takes a message that came at a time. told is whether it was understood, and whole
// whether what is known now is worth showing, or the next message goes on with it.
func (s *state) hear(topic, payload string, at time.Time) (told, whole bool) {
	whole = true
	switch topic {
	case system.BrokerTopic:
		var b system.Broker
		if told = len(payload) <= maxObject && understood(payload, &b); told {
			s.broker = boundedBroker(&b, at)
		}
	case system.TopicsTopic:
		var p struct {
			system.Part
			Topics few[system.Topic] `json:"topics"`
			Gone   few[string]       `json:"gone"`
		}
		if told = understood(payload, &p); told {
			whole = s.topics.hear(p.Part, p.Gone.rows, p.Topics.rows, boundedTopic)
			s.ignored += p.Topics.bad + p.Gone.bad
		}
	case system.ClientsTopic:
		var p struct {
			system.Part
			Clients few[system.Client] `json:"clients"`
			Gone    few[uint64]        `json:"gone"`
		}
		if told = understood(payload, &p); told {
			whole = s.clients.hear(p.Part, p.Gone.rows, p.Clients.rows, boundedClient)
			s.ignored += p.Clients.bad + p.Gone.bad
		}
	case system.EventsTopic:
		var e system.Event
		if told = len(payload) <= maxObject && understood(payload, &e) && e.Event != ""; told {
			s.happened(boundedEvent(e, at))
		}
	}
	if !told {
		s.ignored++
	}
	return told, whole
}

// understood reads an object into v.
func understood(payload string, v any) bool {
	return strings.HasPrefix(strings.TrimLeft(payload, " \t\r\n"), "{") && json.Unmarshal([]byte(payload), v) == nil
}

func (s *state) happened(e system.Event) {
	if s.events = append(s.events, e); len(s.events) >= 2*MaxEvents {
		s.events = slices.Clone(s.latest())
	}
}

func (s *state) latest() []system.Event { return s.events[max(0, len(s.events)-MaxEvents):] }

// snapshot copies what is known, in order.
func (s *state) snapshot() *Snapshot {
	return &Snapshot{
		Broker:       s.broker,
		Topics:       s.topics.sorted(),
		Clients:      s.clients.sorted(),
		Events:       slices.Clone(s.latest()),
		TopicsTotal:  max(s.topics.total, len(s.topics.rows)),
		ClientsTotal: max(s.clients.total, len(s.clients.rows)),
		Ignored:      s.ignored,
	}
}

// table is what there is of a kind, by key.
type table[K cmp.Ordered, V any] struct {
	rows   map[K]V
	coming map[K]V // what takes their place when the last part of it has come; else nil
	total  int
	most   int
}

// hear takes a part, and reports whether none follows that goes on with it.
func (t *table[K, V]) hear(p system.Part, gone []K, rows []V, bounded func(V) (K, V, bool)) (last bool) {
	if p.Whole {
		t.coming = make(map[K]V)
	}
	into := t.rows
	if t.coming != nil {
		into = t.coming
	}
	for _, key := range gone {
		delete(into, key)
	}
	for _, row := range rows {
		key, row, ok := bounded(row)
		if _, known := into[key]; ok && (known || len(into) < t.most) {
			into[key] = row
		}
	}
	t.total = p.Total
	if !p.More && t.coming != nil {
		t.rows, t.coming = t.coming, nil
	}
	return !p.More
}

func (t *table[K, V]) sorted() []V {
	rows := make([]V, 0, len(t.rows))
	for _, key := range slices.Sorted(maps.Keys(t.rows)) {
		rows = append(rows, t.rows[key])
	}
	return rows
}
