// Package system is what a broker tells of itself, on topics of its own: their names,
// the JSON objects that their messages hold, and how a client keeps up with them.
// docs/PROTOCOL.md describes all of it for other clients.
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

// Names returns all of them.
func Names() []string { return []string{BrokerTopic, TopicsTopic, ClientsTopic, EventsTopic} }

// Owned reports whether a name is the broker's.
func Owned(topic string) bool { return strings.HasPrefix(topic, Prefix) }
