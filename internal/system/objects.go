package system

import (
	"math"
	"time"
)

// Broker is the state of a broker. Counts are since it was started, unless they are of
// now; sizes of messages are those of their frames, as subscribers are sent them.
type Broker struct {
	Time     time.Time `json:"time"`
	Name     string    `json:"name,omitempty"` // that tells it from others
	Version  string    `json:"version,omitempty"`
	UptimeS  float64   `json:"uptime_s"`
	Security bool      `json:"security"`
	TLS      bool      `json:"tls"`
	Patterns bool      `json:"patterns"`

	Connections        int `json:"connections"`         // now
	Topics             int `json:"topics"`              // with a subscriber, now
	LoginsPending      int `json:"logins_pending"`      // now
	MaximumConnections int `json:"maximum_connections"` // the limit

	MessagesIn  uint64 `json:"messages_in"`  // accepted from publishers
	MessagesOut uint64 `json:"messages_out"` // queued for subscribers, one for each
	BytesIn     uint64 `json:"bytes_in"`
	BytesOut    uint64 `json:"bytes_out"`
	*Rates             // absent from the first one, which comes at once

	Accepted         uint64            `json:"connections_accepted"`
	TurnedAway       uint64            `json:"connections_turned_away"`
	SlowConsumers    uint64            `json:"slow_consumers"`
	LoginFailures    uint64            `json:"login_failures"`
	LoginsRefused    uint64            `json:"logins_refused"`
	RequestsRefused  map[string]uint64 `json:"requests_refused"` // by code; those that there were
	PublishersPaused float64           `json:"publishers_paused_s"`

	LastValues          int    `json:"last_values"` // kept now
	LastValueBytes      int    `json:"last_value_bytes"`
	LastValueLimit      int    `json:"last_value_limit_bytes"`
	LastValuesForgotten uint64 `json:"last_values_forgotten"`

	*Shared // absent where it shares messages with no other broker

	MemoryUsed  uint64 `json:"memory_used_bytes"` // now
	MemoryLimit int    `json:"memory_limit_bytes"`
	Goroutines  int    `json:"goroutines"` // now
}

// Shared is about the brokers that share messages.
type Shared struct {
	Brokers     int      `json:"brokers"` // now, itself included
	OtherUsers  []string `json:"brokers_with_other_users,omitempty"`
	Unavailable string   `json:"unavailable,omitempty"` // why nothing can be published now
}

// Rates are over the second before.
type Rates struct {
	MessagesIn  float64 `json:"messages_in_per_s"`
	MessagesOut float64 `json:"messages_out_per_s"`
	BytesIn     float64 `json:"bytes_in_per_s"`
	BytesOut    float64 `json:"bytes_out_per_s"`
}

// Topic is one that has subscribers, or was published to lately. What was published is
// counted as long as somebody is subscribed to [TopicsTopic].
type Topic struct {
	Topic       string  `json:"topic"`
	Subscribers int     `json:"subscribers"`
	Messages    uint64  `json:"messages"`
	Bytes       uint64  `json:"bytes"`
	MessageRate float64 `json:"messages_per_s"` // over the second before
	ByteRate    float64 `json:"bytes_per_s"`
	LastHeard   Stamp   `json:"last_heard,omitempty"` // when it was published to last, to the second
}

// Client is a connection.
type Client struct {
	ID            uint64 `json:"id"` // no other connection of this broker has it, ever
	Address       string `json:"address"`
	User          string `json:"user,omitempty"` // without a login there is none
	Since         Stamp  `json:"since"`
	Subscriptions int    `json:"subscriptions"`
	Backlog       int    `json:"backlog_bytes"` // waiting to be read by it
	Rates                // in: published by it; out: queued for it
}

// Topics and Clients are what has changed within a second, and to a new subscriber all
// that there is, in one message or several.
type (
	Topics struct {
		Part
		Topics []Topic  `json:"topics,omitempty"` // new ones, and those that have changed
		Gone   []string `json:"gone,omitempty"`
	}
	Clients struct {
		Part
		Clients []Client `json:"clients,omitempty"`
		Gone    []uint64 `json:"gone,omitempty"`
	}
)

// Part says how a message belongs to others.
type Part struct {
	Whole bool `json:"whole"` // forget what was known: all that there is begins here
	More  bool `json:"more"`  // goes on in the next message
	Total int  `json:"total"` // how many there are; more than were told are left out
}

// Control is what an admin asks of a broker.
type Control struct {
	Disconnect uint64 `json:"disconnect"`       // the id of a connection
	Reason     string `json:"reason,omitempty"` // for its client, and for the log
}

// Event is something that has happened. Which fields there are depends on what it is.
type Event struct {
	Time    Stamp  `json:"time"`
	Event   string `json:"event"`
	ID      uint64 `json:"id,omitempty"` // of the connection
	Address string `json:"address,omitempty"`
	User    string `json:"user,omitempty"`
	Reason  string `json:"reason,omitempty"`
	// Of SlowConsumer: what was queued for it and is lost.
	LostMessages int `json:"lost_messages,omitempty"`
	LostBytes    int `json:"lost_bytes,omitempty"`
	// Of Logged.
	Level      string            `json:"level,omitempty"`
	Message    string            `json:"message,omitempty"`
	Attributes map[string]string `json:"attributes,omitempty"`
	Count      int               `json:"count,omitempty"` // of Omitted
}

// The events that there are.
const (
	Connected    = "connected"
	LoggedIn     = "logged_in"
	Disconnected = "disconnected"
	Refused      = "refused" // a connection, or a login
	SlowConsumer = "slow_consumer"
	Reloaded     = "reloaded"
	Logged       = "log"     // a record of the log, of warn and above
	Omitted      = "omitted" // how many events were too many for a second
)

// Stamp is a time as it is written, in UTC, to the millisecond; empty for none.
type Stamp string

// At writes a time.
func At(t time.Time) Stamp {
	if t.IsZero() {
		return ""
	}
	return Stamp(t.UTC().Format("2006-01-02T15:04:05.000Z"))
}

// Time reads it; what is none is the zero time.
func (s Stamp) Time() time.Time {
	t, err := time.Parse(time.RFC3339, string(s))
	if err != nil {
		return time.Time{}
	}
	return t
}

// Rate is so many in so many seconds, to a tenth, and 0 in no time.
func Rate(n uint64, seconds float64) float64 {
	if seconds <= 0 {
		return 0
	}
	return math.Round(float64(n)/seconds*10) / 10
}
