package driver

import "fmt"

// NATS is the protocol of nats-server, in verbose mode: each request is
// acknowledged.
type NATS struct{}

const (
	natsAck = "+OK\r\n"
	// natsFirstID makes the numbers of up to 90 subscriptions equally long.
	natsFirstID = 9
)

// Greets is true: the server introduces itself.
func (NATS) Greets() bool { return true }

// Hello turns verbose mode on, and the checks of pedantic mode off.
func (NATS) Hello() Exchange {
	return Exchange{`CONNECT {"verbose":true,"pedantic":false,"lang":"bench","version":"1"}` + "\r\n", natsAck}
}

// Subscribe is a SUB.
func (NATS) Subscribe(topic string, n int) Exchange {
	return Exchange{fmt.Sprintf("SUB %s %d\r\n", topic, natsFirstID+n), natsAck}
}

// Publish is a PUB.
func (NATS) Publish(topic, payload string, _ int) Exchange {
	return Exchange{fmt.Sprintf("PUB %s %d\r\n%s\r\n", topic, len(payload), payload), natsAck}
}

// Message is a MSG.
func (NATS) Message(topic, payload string, n int) string {
	return fmt.Sprintf("MSG %s %d %d\r\n%s\r\n", topic, natsFirstID+n, len(payload), payload)
}

// Ping is a PING.
func (NATS) Ping(bool) Exchange { return Exchange{"PING\r\n", "PONG\r\n"} }

// Probe is the server's own PING: two seconds after a client has come, and then
// when it is silent.
func (NATS) Probe() Exchange { return Exchange{"PING\r\n", "PONG\r\n"} }
