package feed

import (
	"fmt"
	"time"
)

// TopicState is the state of the subscription to a topic.
type TopicState uint8

// The states of a topic.
const (
	TopicIdle       TopicState = iota // known, not subscribed
	TopicPending                      // asked for; the broker has not answered on this connection
	TopicSubscribed                   // the broker said ok
	TopicRejected                     // the broker refused
)

// String names the state.
func (s TopicState) String() string {
	switch s {
	case TopicIdle:
		return "idle"
	case TopicPending:
		return "pending"
	case TopicSubscribed:
		return "subscribed"
	case TopicRejected:
		return "rejected"
	default:
		return fmt.Sprintf("TopicState(%d)", uint8(s))
	}
}

// Topic is what is known of one topic. Its counters cover the time since it
// became known: Received = held messages + Evicted + Dropped.
type Topic struct {
	Name  string // untrusted
	State TopicState
	// Err is why the last request about this subscription was not
	// acknowledged: the broker's words where it gave some, untrusted.
	Err string

	Received  uint64 // messages, including those dropped before they got here
	Bytes     uint64 // payload bytes of Received
	Evicted   uint64 // messages that made room for newer ones
	Dropped   uint64 // messages that were lost before they got here
	Truncated uint64 // messages whose payload was cut; see Limits.Body

	Since  time.Time // when the topic became known
	LastAt time.Time // when the latest message came; zero if none did

	heard    bool      // it has been subscribed
	left     time.Time // since when it is not subscribed any more; zero: it is, or never was
	history  History
	gathered bool // its messages are part of the stream that Gather has made
	meter    meter
	booked   tally    // of the run that is being applied
	watches  []*Watch // those that read it
}

// Gathered reports whether the messages of this topic are part of the stream that
// [Feed.Gather] has made.
func (t *Topic) Gathered() bool { return t.gathered }

// History returns the messages of this topic and the gaps between them.
func (t *Topic) History() *History { return &t.history }

// Rate returns messages a second: whole seconds, smoothed, exactly 0 after a few
// seconds of silence.
func (t *Topic) Rate() float64 { return t.meter.rate }

// ByteRate returns payload bytes a second, smoothed as Rate.
func (t *Topic) ByteRate() float64 { return t.meter.byteRate }

// Peak returns the most messages that came in one second.
func (t *Topic) Peak() float64 { return t.meter.peak }

// Spark returns the messages of each of the last 60 whole seconds, oldest
// first. The slice is valid until the next Tick.
func (t *Topic) Spark() []float64 { return t.meter.spark[:] }

// wanted reports whether messages of t are expected on this connection.
func (t *Topic) wanted() bool {
	return t.State == TopicSubscribed || t.State == TopicPending
}

// lastSeen returns when the latest message came, or if none did, when t became known.
func (t *Topic) lastSeen() time.Time {
	if t.LastAt.IsZero() {
		return t.Since
	}
	return t.LastAt
}
