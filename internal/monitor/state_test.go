package monitor

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"joltui/internal/system"
)

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

// Whatever a broker tells in parts, however small, what is known in the end is what there
// is: of topics and of clients, from the beginning, or after a new whole.
func TestStateEndsWithWhatThereIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, now := newState(), make(map[uint64]system.Client)
		table := system.NewTable[uint64](func(system.Client) int { return 1 })
		told := 0
		tell := func(whole bool, changed []system.Client, gone []uint64) {
			always := whole || told != len(now)
			told = len(now)
			inParts(rapid.IntRange(1, 4).Draw(t, "rows"), always, whole, changed, gone, func(p system.Part, changed []system.Client, gone []uint64) {
				p.Total = len(now)
				_, last := s.hear(system.ClientsTopic, encode(t, system.Clients{Part: p, Clients: changed, Gone: gone}), noon)
				topics, names := asTopics(changed, gone)
				_, same := s.hear(system.TopicsTopic, encode(t, system.Topics{Part: p, Topics: topics, Gone: names}), noon)
				if last == p.More || same == p.More {
					t.Fatalf("more is %v, and it is the last: %v, %v", p.More, last, same)
				}
			})
		}
		tell(true, table.All(100), nil)
		for range rapid.IntRange(1, 20).Draw(t, "seconds") {
			for range rapid.IntRange(0, 5).Draw(t, "changes") {
				id := rapid.Uint64Range(1, 9).Draw(t, "id")
				now[id] = system.Client{ID: id, Backlog: rapid.IntRange(0, 3).Draw(t, "backlog")}
				if now[id].Backlog == 0 {
					delete(now, id)
				}
			}
			if rapid.IntRange(0, 3).Draw(t, "anew") == 0 {
				tell(true, table.All(100), nil)
			}
			changed, gone := table.Next(now, rapid.IntRange(1, 3).Draw(t, "most"))
			tell(false, changed, gone)
		}
		changed, gone := table.Next(now, 100)
		tell(false, changed, gone)

		want := slices.SortedFunc(maps.Values(now), func(a, b system.Client) int { return int(a.ID) - int(b.ID) })
		topics, _ := asTopics(want, nil)
		got := s.snapshot()
		if !slices.Equal(got.Clients, want) || !slices.Equal(got.Topics, topics) || got.ClientsTotal != len(want) || got.TopicsTotal != len(want) || got.Ignored != 0 {
			t.Fatalf("there are\n%+v\nand known are\n%+v\n%+v", want, got.Clients, got.Topics)
		}
	})
}

// inParts divides rows among messages as a broker does.
func inParts(most int, always, whole bool, changed []system.Client, gone []uint64, tell func(system.Part, []system.Client, []uint64)) {
	for always || len(changed)+len(gone) > 0 {
		rows, ids := changed[:min(most, len(changed))], gone[:min(most, len(gone))]
		changed, gone = changed[len(rows):], gone[len(ids):]
		tell(system.Part{Whole: whole, More: len(changed)+len(gone) > 0}, rows, ids)
		always, whole = false, false
	}
}

func asTopics(clients []system.Client, gone []uint64) (topics []system.Topic, names []string) {
	for _, c := range clients {
		topics = append(topics, system.Topic{Topic: fmt.Sprint(c.ID), Subscribers: c.Backlog})
	}
	for _, id := range gone {
		names = append(names, fmt.Sprint(id))
	}
	return topics, names
}

func encode(t interface{ Fatal(...any) }, v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A whole of several parts takes the place of what was known with its last part.
func TestWholeTakesThePlaceAtItsEnd(t *testing.T) {
	s := newState()
	for _, step := range []struct{ payload, want string }{
		{`{"topics":[{"topic":"early"}],"total":1}`, "early"}, // a whole was never heard
		{`{"whole":true,"more":true,"total":2,"topics":[{"topic":"a"}]}`, "early"},
		{`{"more":false,"total":2,"topics":[{"topic":"b"}]}`, "a b"},
		{`{"gone":["a","never"],"total":1}`, "b"},
		{`{"whole":true,"more":true,"topics":[{"topic":"x"}]}`, "b"},
		{`{"whole":true,"topics":[{"topic":"y"}]}`, "y"},
		{`{"whole":true}`, ""},
	} {
		s.hear(system.TopicsTopic, step.payload, noon)
		if got := names(s.snapshot()); got != step.want {
			t.Errorf("after %s there are %q, want %q", step.payload, got, step.want)
		}
	}
}

func names(s *Snapshot) string {
	var all []string
	for _, t := range s.Topics {
		all = append(all, t.Topic)
	}
	return strings.Join(all, " ")
}

// What says nothing is counted, and changes nothing; of a list only the rows that do.
func TestWhatSaysNothingIsIgnored(t *testing.T) {
	s := newState()
	s.hear(system.BrokerTopic, `{"version":"1","connections":7}`, noon)
	for _, payload := range []string{"", "null", "7", "[]", `"{}"`, "{", `{"connections":"many"}`, `{"connections":1e400}`,
		`{"connections":99999999999999999999999}`, `{"time":"yesterday"}`, `{"requests_refused":{"a":-1}}`, strings.Repeat("[", 100_000)} {
		if told, _ := s.hear(system.BrokerTopic, payload, noon); told {
			t.Errorf("%.40s was understood", payload)
		}
	}
	for topic, payload := range map[string]string{system.EventsTopic: `{}`, system.TopicsTopic: `{"topics":{}}`,
		system.ClientsTopic: `{"clients":7}`, "$SYS.other": `{}`} {
		if told, _ := s.hear(topic, payload, noon); told {
			t.Errorf("%s of %s was understood", payload, topic)
		}
	}
	for _, topic := range []string{system.BrokerTopic, system.EventsTopic} {
		if told, _ := s.hear(topic, `{"event":"log","attributes":{}`+strings.Repeat(" ", maxObject)+"}", noon); told {
			t.Errorf("an object of %d bytes was read on %s", maxObject, topic)
		}
	}
	got := s.snapshot()
	if got.Broker.Connections != 7 || !got.Broker.Time.Equal(noon) || got.Ignored != 18 {
		t.Errorf("%+v, and %d ignored", got.Broker, got.Ignored)
	}
	s.hear(system.TopicsTopic, `{"topics":[{"topic":7},null,{"topic":"a","subscribers":-3,"messages_per_s":-1,"last_heard":"soon"},[],{"topic":""}],"gone":[1],"total":-5}`, noon)
	s.hear(system.ClientsTopic, `{"clients":[{"id":-1},{"id":3,"backlog_bytes":-9,"bytes_in_per_s":-2,"since":"2026-01-02T12:00:00.123Z"}],"gone":null}`, noon)
	got = s.snapshot()
	if want := []system.Topic{{Topic: "a"}}; !slices.Equal(got.Topics, want) || got.TopicsTotal != 1 || got.Ignored != 18+3+1 {
		t.Errorf("%+v of %d, and %d ignored", got.Topics, got.TopicsTotal, got.Ignored)
	}
	if want := []system.Client{{ID: 3, Since: "2026-01-02T12:00:00.123Z"}}; !slices.Equal(got.Clients, want) {
		t.Errorf("%+v", got.Clients)
	}
}

// However much a broker says, little is kept.
func TestStateIsBounded(t *testing.T) {
	s, long := newState(), strings.Repeat("é", 2*maxText)
	for part := range 3 { // of which the second fills it
		var topics system.Topics
		var clients system.Clients
		for n := range MaxTopics * 3 / 4 {
			text := ""
			if n%1000 == 0 {
				text = long
			}
			topics.Topics = append(topics.Topics, system.Topic{Topic: text + fmt.Sprint(part, n)})
			clients.Clients = append(clients.Clients, system.Client{ID: uint64(part*MaxClients + n), User: text, Address: text, Since: system.Stamp(text)})
		}
		topics.Total, clients.Total = 70_000, 80_000
		s.hear(system.TopicsTopic, encode(t, topics), noon)
		s.hear(system.ClientsTopic, encode(t, clients), noon)
	}
	s.hear(system.TopicsTopic, `{"total":70000,"topics":[{"topic":"0 1","subscribers":5}]}`, noon)
	many := make(map[string]string)
	for n := range 2 * maxPairs {
		many[fmt.Sprint(n)] = long
	}
	for n := range 10 * MaxEvents {
		e := system.Event{Event: system.Logged, Count: n}
		if n%MaxEvents == 0 {
			e.Message, e.Attributes = long, many
		}
		s.hear(system.EventsTopic, encode(t, e), noon)
	}
	s.hear(system.EventsTopic, encode(t, system.Event{Event: long, Attributes: many, Reason: long}), noon)
	got := s.snapshot()
	if len(got.Topics) != MaxTopics || len(got.Clients) != MaxClients || len(got.Events) != MaxEvents || got.TopicsTotal != 70_000 || got.ClientsTotal != 80_000 {
		t.Fatalf("%d topics of %d, %d clients of %d, %d events", len(got.Topics), got.TopicsTotal, len(got.Clients), got.ClientsTotal, len(got.Events))
	}
	for _, topic := range got.Topics {
		if len(topic.Topic) > maxText || topic.Topic == "0 1" && topic.Subscribers != 5 {
			t.Errorf("topic %.20q of %d bytes with %d subscribers", topic.Topic, len(topic.Topic), topic.Subscribers)
		}
	}
	c, e := got.Clients[0], got.Events[MaxEvents-1]
	if len(c.User) != maxText || len(c.Address) != maxText || c.Since != "" || e.Time != system.At(noon) {
		t.Errorf("user of %d bytes, address of %d, since %.30q, event at %s", len(c.User), len(c.Address), c.Since, e.Time)
	}
	if len(e.Event) != maxText || len(e.Reason) != maxText || len(e.Attributes) != maxPairs || len(e.Attributes["0"]) != maxText {
		t.Errorf("event of %d bytes, reason of %d, %d attributes", len(e.Event), len(e.Reason), len(e.Attributes))
	}
	if cap(s.events) > 4*MaxEvents || got.Events[0].Count != 9*MaxEvents+1 {
		t.Errorf("room for %d events, the first is %d", cap(s.events), got.Events[0].Count)
	}
}

// A snapshot does not change with what is heard later.
func TestSnapshotStays(t *testing.T) {
	s := newState()
	s.hear(system.TopicsTopic, `{"topics":[{"topic":"b"},{"topic":"a"}]}`, noon)
	s.hear(system.EventsTopic, `{"event":"connected"}`, noon)
	before := s.snapshot()
	s.hear(system.TopicsTopic, `{"topics":[{"topic":"a","subscribers":7}],"gone":["b"]}`, noon)
	for range 2 * MaxEvents {
		s.hear(system.EventsTopic, `{"event":"disconnected"}`, noon)
	}
	s.forget()
	if names(before) != "a b" || before.Topics[0].Subscribers != 0 || len(before.Events) != 1 || before.Events[0].Event != system.Connected {
		t.Errorf("%+v", before)
	}
	if after := s.snapshot(); len(after.Topics) != 0 || len(after.Events) != MaxEvents {
		t.Errorf("%d topics and %d events after a reconnection", len(after.Topics), len(after.Events))
	}
}
