package driver

import (
	"fmt"
	"slices"
	"strings"
)

// MaxTopics is how many topics a [Load] can have: NATS numbers its
// subscriptions, and messages of equal size need numbers of equal length.
const MaxTopics = 90

// digits is the number of a message among those of its topic.
type digits [8]byte

const (
	zero       = "00000000"
	maxOfTopic = 100_000_000
)

func (d *digits) next() {
	for i := len(d) - 1; ; i-- {
		if d[i] < '9' {
			d[i]++
			return
		}
		d[i] = '0'
	}
}

// Load is what is put on a broker. Messages go to the topics in turn.
type Load struct {
	Topics      int // 1 to [MaxTopics]
	Subscribers int // connections, each subscribed to all topics; 0 to publish only
	Payload     int // bytes of a message, 8 at least: it begins with its number
	Batch       int // publishes in one write
	Window      int // publishes that are not acknowledged yet, Batch at least
}

func (l Load) check(messages int) error {
	switch {
	case l.Topics < 1 || l.Topics > MaxTopics:
		return fmt.Errorf("driver: %d topics are not from 1 to %d", l.Topics, MaxTopics)
	case l.Subscribers < 0:
		return fmt.Errorf("driver: there cannot be %d subscribers", l.Subscribers)
	case l.Payload < len(zero):
		return fmt.Errorf("driver: a payload of %d bytes has no room for its number, %d bytes", l.Payload, len(zero))
	case l.Batch < 1 || l.Window < l.Batch:
		return fmt.Errorf("driver: a window of %d publishes has no room for %d in a write", l.Window, l.Batch)
	case messages < 1 || messages/l.Topics >= maxOfTopic:
		return fmt.Errorf("driver: %d messages are not from 1 to %d for each topic", messages, maxOfTopic)
	}
	return nil
}

// Topic returns the name of a topic.
func Topic(i int) string { return fmt.Sprintf("bench.%02d", i) }

func (l Load) topics() []string {
	names := make([]string, l.Topics)
	for i := range names {
		names[i] = Topic(i)
	}
	return names
}

// payload returns the first payload of each topic.
func (l Load) payload() string { return zero + strings.Repeat("x", l.Payload-len(zero)) }

// numbers returns the number of the first message of each topic.
func (l Load) numbers() []digits {
	return slices.Repeat([]digits{digits([]byte(zero))}, l.Topics)
}

// place is where a frame says which message it is.
type place struct {
	topic  int // the two digits at the end of the topic
	number int
}

func (l Load) find(frame string) place {
	topic := Topic(0)
	return place{
		topic:  strings.Index(frame, topic) + len(topic) - 2,
		number: strings.Index(frame, l.payload()),
	}
}
