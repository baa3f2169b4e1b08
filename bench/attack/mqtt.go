package main

import "joltui/bench/driver"

// mqtt is the protocol of mosquitto, version 3.1.1, with the quality of service
// that is like the others': delivered at most once. Such a publish has no reply.
type mqtt struct{}

// Greets is false: the client speaks first.
func (mqtt) Greets() bool { return false }

// Hello is a CONNECT without a user. Clients without a name get one.
func (mqtt) Hello() driver.Exchange { return connectMQTT("", "") }

func connectMQTT(user, pass string) driver.Exchange {
	const cleanSession, withPassword, withUser, keepAlive = 2, 0x40, 0x80, "\x00\x00"
	flags, payload := byte(cleanSession), mqttText("")
	if user != "" {
		flags |= withPassword | withUser
		payload += mqttText(user) + mqttText(pass)
	}
	return driver.Exchange{
		Request: mqttPacket(0x10, mqttText("MQTT")+"\x04"+string([]byte{flags})+keepAlive+payload),
		Reply:   "\x20\x02\x00\x00",
	}
}

// Subscribe is a SUBSCRIBE.
func (mqtt) Subscribe(topic string, n int) driver.Exchange {
	id := string([]byte{byte(n >> 8), byte(n)})
	return driver.Exchange{Request: mqttPacket(0x82, id+mqttText(topic)+"\x00"), Reply: "\x90\x03" + id + "\x00"}
}

// Publish is a PUBLISH.
func (m mqtt) Publish(topic, payload string, _ int) driver.Exchange {
	return driver.Exchange{Request: m.Message(topic, payload, 0)}
}

// Message is a PUBLISH, too.
func (mqtt) Message(topic, payload string, _ int) string {
	return mqttPacket(0x30, mqttText(topic)+payload)
}

// Ping is a PINGREQ.
func (mqtt) Ping(bool) driver.Exchange {
	return driver.Exchange{Request: "\xc0\x00", Reply: "\xd0\x00"}
}

// Probe is empty: the broker never asks.
func (mqtt) Probe() driver.Exchange { return driver.Exchange{} }

// mqttText puts the length of a text before it.
func mqttText(s string) string { return string([]byte{byte(len(s) >> 8), byte(len(s))}) + s }

// mqttPacket puts a packet's kind and length, seven bits a byte, before it.
func mqttPacket(kind byte, body string) string {
	head := []byte{kind}
	for n := len(body); ; {
		digit := byte(n & 0x7f)
		if n >>= 7; n == 0 {
			return string(append(head, digit)) + body
		}
		head = append(head, digit|0x80)
	}
}
