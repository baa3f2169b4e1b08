package driver

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"

	"joltui/broker"
	"joltui/broker/brokertest"
)

func TestRunAgainstBroker(t *testing.T) {
	target := Target{Jolt{}, brokertest.Start(t, broker.Config{}).Addr}
	for _, load := range []Load{
		{Topics: 20, Subscribers: 8, Payload: 128, Batch: 64, Window: 4096},
		{Topics: 2, Subscribers: 0, Payload: 8, Batch: 4, Window: 4},
		{Topics: 1, Subscribers: 1, Payload: 8, Batch: 1, Window: 1},
		{Topics: MaxTopics, Subscribers: 3, Payload: 70_000, Batch: 3, Window: 5},
	} {
		elapsed, err := Run(t.Context(), target, load, 121)
		if err != nil || elapsed <= 0 {
			t.Errorf("%+v: %v, %v", load, elapsed, err)
		}
	}
}

// The topics are not there twice: messages of one run do not reach another.
func TestRunsOneAfterAnother(t *testing.T) {
	target := Target{Jolt{}, brokertest.Start(t, broker.Config{}).Addr}
	for range 3 {
		if _, err := Run(t.Context(), target, small, 100); err != nil {
			t.Fatal(err)
		}
	}
}

// Somebody else publishes to the same topics: that is one more message.
func TestRunNoticesStrangers(t *testing.T) {
	target := Target{Jolt{}, brokertest.Start(t, broker.Config{}).Addr}
	stranger, err := target.Dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.Close()
	f, err := connect(t.Context(), target, small)
	defer f.close()
	if err != nil {
		t.Fatal(err)
	}
	payloads, _ := payloads(1)
	if err := stranger.Do(target.Protocol.Publish(Topic(0), payloads[0], 1)); err != nil {
		t.Fatal(err)
	}
	ctx, fail := context.WithCancelCause(t.Context())
	f.run(10, fail)
	if err := context.Cause(ctx); err == nil || !strings.Contains(err.Error(), "subscriber") {
		t.Errorf("got %v", err)
	}
}

func TestRunRefusesBadLoads(t *testing.T) {
	for want, change := range map[string]func(*Load){
		"0 topics":       func(l *Load) { l.Topics = 0 },
		"91 topics":      func(l *Load) { l.Topics = 91 },
		"-1 subscribers": func(l *Load) { l.Subscribers = -1 },
		"7 bytes":        func(l *Load) { l.Payload = 7 },
		"room for 0":     func(l *Load) { l.Batch = 0 },
		"room for 9":     func(l *Load) { l.Batch = 9 },
	} {
		load := small
		change(&load)
		if _, err := Run(t.Context(), Target{}, load, 1); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	for _, messages := range []int{0, 3 * maxOfTopic} {
		if _, err := Run(t.Context(), Target{}, small, messages); err == nil || !strings.Contains(err.Error(), "messages are not") {
			t.Errorf("%d messages: %v", messages, err)
		}
	}
}

func TestRunEndsWithContext(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	interrupted := errors.New("interrupted")
	ctx, cancel := context.WithCancelCause(t.Context())
	go func() { // a broker that never answers
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		conn.Read(make([]byte, 1))
		cancel(interrupted)
		conn.Read(make([]byte, 1000)) // until the client has gone
	}()
	if _, err := Run(ctx, Target{Jolt{}, ln.Addr().String()}, small, 1); err == nil {
		t.Error("no error")
	}
}

func TestRunWithoutBroker(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ln.Close()
	if _, err := Run(t.Context(), Target{Jolt{}, ln.Addr().String()}, small, 1); err == nil || !strings.Contains(err.Error(), "subscriber 1 of 2") {
		t.Errorf("got %v", err)
	}
}

// The frames of each protocol, as its documentation has them.
func TestProtocols(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{Jolt{}.Message("bench.03", "data", 4), `{"topic":"bench.03","data":"data"}` + "\n"},
		{NATS{}.Subscribe("bench.03", 1).Request, "SUB bench.03 10\r\n"},
		{NATS{}.Publish("bench.03", "data", 9).Request, "PUB bench.03 4\r\ndata\r\n"},
		{NATS{}.Message("bench.03", "data", MaxTopics), "MSG bench.03 99 4\r\ndata\r\n"},
		{Redis{}.Subscribe("bench.03", 4).Reply, "*3\r\n$9\r\nsubscribe\r\n$8\r\nbench.03\r\n:4\r\n"},
		{Redis{}.Publish("bench.03", "data", 9).Request, "*3\r\n$7\r\nPUBLISH\r\n$8\r\nbench.03\r\n$4\r\ndata\r\n"},
		{Redis{}.Publish("bench.03", "data", 9).Reply, ":9\r\n"},
		{Redis{}.Message("bench.03", "data", 4), "*3\r\n$7\r\nmessage\r\n$8\r\nbench.03\r\n$4\r\ndata\r\n"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}
