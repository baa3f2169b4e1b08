package driver

import (
	"fmt"
	"strings"
)

// Redis is the protocol of redis-server, RESP2.
type Redis struct{}

// Greets is false: the client speaks first.
func (Redis) Greets() bool { return false }

// Hello is empty: a client without a login just begins.
func (Redis) Hello() Exchange { return Exchange{} }

// Subscribe is a SUBSCRIBE, which is answered with a count of subscriptions.
func (Redis) Subscribe(topic string, n int) Exchange {
	return Exchange{array("SUBSCRIBE", topic), fmt.Sprintf("*3\r\n%s%s:%d\r\n", bulk("subscribe"), bulk(topic), n)}
}

// Publish is a PUBLISH, which is answered with a count of receivers.
func (Redis) Publish(topic, payload string, subscribers int) Exchange {
	return Exchange{array("PUBLISH", topic, payload), fmt.Sprintf(":%d\r\n", subscribers)}
}

// Message is a message.
func (Redis) Message(topic, payload string, _ int) string { return array("message", topic, payload) }

// Ping is a PING; subscribers get an answer of another form.
func (Redis) Ping(subscribed bool) Exchange {
	if subscribed {
		return Exchange{array("PING"), array("pong", "")}
	}
	return Exchange{array("PING"), "+PONG\r\n"}
}

// Probe is empty: the server never asks.
func (Redis) Probe() Exchange { return Exchange{} }

func bulk(s string) string { return fmt.Sprintf("$%d\r\n%s\r\n", len(s), s) }

func array(words ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "*%d\r\n", len(words))
	for _, word := range words {
		b.WriteString(bulk(word))
	}
	return b.String()
}
