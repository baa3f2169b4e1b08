package driver

import "fmt"

// Jolt is the protocol of joltui's broker: one JSON object a line.
type Jolt struct{}

const joltAck = `{"ok":true}` + "\n"

// Greets is false: the client speaks first.
func (Jolt) Greets() bool { return false }

// Hello is empty: a client without a login just begins.
func (Jolt) Hello() Exchange { return Exchange{} }

// Subscribe is a sub.
func (Jolt) Subscribe(topic string, _ int) Exchange {
	return Exchange{fmt.Sprintf(`{"op":"sub","topic":"%s"}`+"\n", topic), joltAck}
}

// Publish is a pub.
func (Jolt) Publish(topic, payload string, _ int) Exchange {
	return Exchange{fmt.Sprintf(`{"op":"pub","topic":"%s","data":"%s"}`+"\n", topic, payload), joltAck}
}

// Message is a frame with topic and data.
func (Jolt) Message(topic, payload string, _ int) string {
	return fmt.Sprintf(`{"topic":"%s","data":"%s"}`+"\n", topic, payload)
}

// Ping is a ping.
func (Jolt) Ping(bool) Exchange { return Exchange{`{"op":"ping"}` + "\n", joltAck} }

// Probe is empty: the broker never asks.
func (Jolt) Probe() Exchange { return Exchange{} }
