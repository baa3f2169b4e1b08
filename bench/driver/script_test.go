package driver

import (
	"context"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
)

var protocols = map[string]Protocol{"jolt": Jolt{}, "spaced": Spaced{}, "nats": NATS{}, "redis": Redis{}}

// each runs a test for every protocol.
func each(t *testing.T, test func(t *testing.T, p Protocol)) {
	for name, p := range protocols {
		t.Run(name, func(t *testing.T) { test(t, p) })
	}
}

var small = Load{Topics: 3, Subscribers: 2, Payload: 20, Batch: 4, Window: 8}

// pipe is half of a net.Pipe, which cannot close one direction only: the other
// half hangs up by itself.
type pipe struct{ net.Conn }

func (pipe) CloseWrite() error { return nil }

// step is what a broker wants to hear, and what it says then, each piece in a
// write of its own.
type step struct {
	hear string
	say  []string
}

// scripted opens a connection to a broker that goes through steps and hangs up.
// If it hears anything else, it hangs up at once.
func scripted(t *testing.T, p Protocol, steps ...step) *Conn {
	t.Helper()
	client, server := net.Pipe()
	t.Cleanup(func() { server.Close() })
	pieces := make(chan string, 10_000) // so that it can hear while it says
	go func() {
		for piece := range pieces {
			io.WriteString(server, piece)
		}
		server.Close()
	}()
	if p.Greets() {
		pieces <- "INFO {}\r\n"
	}
	hello := step{p.Hello().Request, []string{p.Hello().Reply}}
	go func() {
		defer close(pieces)
		for _, s := range append([]step{hello}, steps...) {
			heard := make([]byte, len(s.hear))
			if io.ReadFull(server, heard); string(heard) != s.hear {
				t.Errorf("the broker heard %q, want %q", heard, s.hear)
				return
			}
			for _, piece := range s.say {
				pieces <- piece
			}
		}
	}()
	conn, err := open(context.Background(), pipe{client}, p)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// cut cuts s into pieces of so many bytes.
func cut(s string, size int) []string {
	var pieces []string
	for piece := range slices.Chunk([]byte(s), size) {
		pieces = append(pieces, string(piece))
	}
	return pieces
}

func ping(p Protocol, subscribed bool) step {
	e := p.Ping(subscribed)
	return step{e.Request, []string{e.Reply}}
}

// payloads returns the payloads of so many messages and the topic of each.
func payloads(messages int) (payloads []string, topics []int) {
	numbers := small.numbers()
	for i := range messages {
		topic := i % small.Topics
		payloads = append(payloads, string(numbers[topic][:])+strings.Repeat("x", small.Payload-len(zero)))
		topics = append(topics, topic)
		numbers[topic].next()
	}
	return payloads, topics
}
