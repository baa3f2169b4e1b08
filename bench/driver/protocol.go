// Package driver loads message brokers of different kinds over raw sockets, all
// in the same way: one publisher with a bounded number of publishes that are
// not acknowledged yet, many of them in one write, and any number of
// subscribers. It shares the processor with what it measures, so it does as
// little as it can, and the same for each kind: requests are encoded
// beforehand, and what comes back is compared with what has to come.
package driver

// Exchange is a request, and the one reply that is right.
type Exchange struct{ Request, Reply string }

// Protocol is how one kind of broker is spoken to. Whatever such a broker sends
// is known beforehand to the byte, the number of a message excepted.
type Protocol interface {
	// Greets says whether the broker speaks first, with one line.
	Greets() bool
	// Hello is what a client says first.
	Hello() Exchange
	// Subscribe makes the nth subscription of a connection, counted from 1.
	Subscribe(topic string, n int) Exchange
	// Publish publishes what so many connections are subscribed to.
	Publish(topic, payload string, subscribers int) Exchange
	// Message is what the nth subscription of a connection brings.
	Message(topic, payload string, n int) string
	// Ping asks for a sign of life.
	Ping(subscribed bool) Exchange
	// Probe is what the broker may ask between any two frames, and what it wants
	// to hear; its Request is empty if it never asks.
	Probe() Exchange
}
