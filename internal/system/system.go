package system

import "strings"

// Prefix begins the names that are the broker's: nobody else publishes there.
const Prefix = "$SYS."

// The topics that there are.
const (
	BrokerTopic  = Prefix + "broker"  // a [Broker] once a second
	TopicsTopic  = Prefix + "topics"  // [Topics]
	ClientsTopic = Prefix + "clients" // [Clients]
	EventsTopic  = Prefix + "events"  // an [Event] each
)

// ControlTopic is where an admin publishes a [Control]. Nobody can subscribe to it.
const ControlTopic = Prefix + "control"

// Names returns all that can be subscribed to.
func Names() []string { return []string{BrokerTopic, TopicsTopic, ClientsTopic, EventsTopic} }

// Owned reports whether a name is the broker's.
func Owned(topic string) bool { return strings.HasPrefix(topic, Prefix) }
