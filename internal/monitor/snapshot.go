package monitor

import (
	"time"

	"joltui/internal/system"
)

// State is how far a monitor has come with its broker.
type State int

const (
	Asking  State = iota // no answer yet
	Offered              // the broker tells of itself
	Absent               // the broker takes the subscription and says nothing: it has no $SYS topics
	Refused              // this user may not know
	Down                 // there is no connection
)

// Snapshot is what is known of a broker at one moment. Nobody changes it after it has been
// delivered. All text in it is the broker's and its clients', and untrusted.
type Snapshot struct {
	At     time.Time // when it was made
	State  State
	Reason string // in words, of Refused and Down; untrusted
	Err    error  // what Reason says: of Refused a *jolt.RejectedError

	Broker  *system.Broker  // nil before it was heard
	Topics  []system.Topic  // by name; at most [MaxTopics]
	Clients []system.Client // by ID; at most [MaxClients]
	Events  []system.Event  // oldest first; the latest [MaxEvents]

	// TopicsTotal and ClientsTotal are how many the broker has, which may be more than are listed.
	TopicsTotal, ClientsTotal int
	// Forbidden are those of the $SYS topics that this user may not subscribe to.
	Forbidden []string
	// Ignored counts messages, and rows of them, that say nothing that is understood.
	Ignored uint64
}

// Bounds of what a monitor holds. They are those of the broker in this module, so that
// only another one reaches them.
const (
	MaxTopics  = 10_000
	MaxClients = 10_000
	MaxEvents  = 1_000
)
