package monitor

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"joltui/internal/system"
)

const (
	// maxText is how many bytes of a text are kept. A topic with a longer name is left
	// out: cut short, it would be another one.
	maxText = 1024
	// maxObject is how many bytes the state of a broker, or an event, may have to be read.
	maxObject = 1 << 20
	// maxPairs is how many attributes an event keeps, and how many codes a broker.
	maxPairs = 32
)

// few is a list of which as many rows are read as there can be. One that is not what it
// should be is left out, and the others are not.
type few[V any] struct {
	rows []V
	bad  uint64
}

var errNoList = errors.New("no list")

// UnmarshalJSON implements [json.Unmarshaler].
func (f *few[V]) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(text))
	if begin, err := d.Token(); err != nil || begin != json.Delim('[') {
		return errNoList
	}
	for d.More() && len(f.rows) < max(MaxTopics, MaxClients) {
		var row V
		if d.Decode(&row) != nil { // a wrong type: text is known to be JSON
			f.bad++
			continue
		}
		f.rows = append(f.rows, row)
	}
	return nil
}

func boundedTopic(t system.Topic) (string, system.Topic, bool) {
	positive(&t.Subscribers)
	positive(&t.MessageRate, &t.ByteRate)
	t.LastHeard = boundedStamp(t.LastHeard)
	return t.Topic, t, t.Topic != "" && len(t.Topic) <= maxText
}

func boundedClient(c system.Client) (uint64, system.Client, bool) {
	positive(&c.Subscriptions, &c.Backlog)
	boundedRates(&c.Rates)
	cutText(&c.Address, &c.User)
	c.Since = boundedStamp(c.Since)
	return c.ID, c, true
}

func boundedBroker(b *system.Broker, at time.Time) *system.Broker {
	positive(&b.Connections, &b.Topics, &b.LoginsPending, &b.MaximumConnections, &b.MemoryLimit, &b.Goroutines)
	positive(&b.UptimeS, &b.PublishersPaused)
	if b.Rates != nil {
		boundedRates(b.Rates)
	}
	if b.Time.IsZero() {
		b.Time = at
	}
	cutText(&b.Version)
	b.RequestsRefused = boundedPairs(b.RequestsRefused)
	return b
}

func boundedEvent(e system.Event, at time.Time) system.Event {
	if e.Time = boundedStamp(e.Time); e.Time == "" {
		e.Time = system.At(at)
	}
	positive(&e.LostMessages, &e.LostBytes, &e.Count)
	cutText(&e.Event, &e.Address, &e.User, &e.Reason, &e.Level, &e.Message)
	e.Attributes = boundedPairs(e.Attributes)
	for name, value := range e.Attributes {
		cutText(&value)
		e.Attributes[name] = value
	}
	return e
}

func boundedRates(r *system.Rates) {
	positive(&r.MessagesIn, &r.MessagesOut, &r.BytesIn, &r.BytesOut)
}

// boundedStamp keeps what is a time.
func boundedStamp(s system.Stamp) system.Stamp {
	if len(s) > maxText || s.Time().IsZero() {
		return ""
	}
	return s
}

// boundedPairs keeps the first by name.
func boundedPairs[V any](all map[string]V) map[string]V {
	if len(all) == 0 {
		return nil
	}
	kept := make(map[string]V, min(len(all), maxPairs))
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if len(kept) < maxPairs && len(name) <= maxText {
			kept[name] = all[name]
		}
	}
	return kept
}

// positive makes 0 of what is less, and so counts nothing.
func positive[N cmp.Ordered](numbers ...*N) {
	var zero N
	for _, n := range numbers {
		*n = max(*n, zero)
	}
}

// cutText shortens texts to what is kept, between two characters.
func cutText(texts ...*string) {
	for _, text := range texts {
		if len(*text) > maxText {
			*text = strings.Clone(strings.ToValidUTF8((*text)[:maxText], ""))
		}
	}
}
