package cli

import (
	"bytes"
	"context"
	"crypto/tls"
	"net"
	"strings"
	"testing"

	"joltui/internal/cli/clitest"
	"joltui/jolt"
)

// dial connects to the broker at addr as another program does.
func dial(t *testing.T, cfg jolt.Config) *jolt.Client {
	t.Helper()
	client, err := jolt.Dial(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client
}

// The broker is where the dashboard connects, everybody may use it, and it ends with leave,
// which says who was connected.
func TestOwnBroker(t *testing.T) {
	own := new(ownBroker)
	cfg := jolt.Config{Addr: "localhost:" + clitest.UnusedPort(t)}
	here := own.offer(t.Context(), &cfg)
	if s := here.Status(); here.Refusal() != "" || s.Addr != "" || s.Here {
		t.Fatalf("before it is started: %q, %+v", here.Refusal(), s)
	}
	if topics, err := here.Start(false); err != nil || len(topics) > 0 {
		t.Fatalf("Start: %v, %v", topics, err)
	}
	at := here.Status().Addr
	dial(t, cfg) // the dashboard
	if s := here.Status(); !s.Here || s.Others != 0 || s.Err != nil {
		t.Errorf("with the dashboard alone: %+v", s)
	}
	other := dial(t, jolt.Config{Addr: at})
	if err := other.Publish(t.Context(), "orders.eu", "hello"); err != nil {
		t.Error(err)
	}
	if s := here.Status(); s.Others != 1 {
		t.Errorf("with another client: %+v", s)
	}
	if _, err := here.Start(false); err == nil || !strings.Contains(err.Error(), "runs a broker already, at "+at) {
		t.Errorf("a second one: %v", err)
	}
	elsewhere := jolt.Config{Addr: "127.0.0.1:1"}
	if s := own.offer(t.Context(), &elsewhere).Status(); s.Addr != at || s.Here {
		t.Errorf("as a dashboard elsewhere sees it: %+v", s)
	}
	var said bytes.Buffer
	if err := own.leave(&said); err != nil {
		t.Error(err)
	}
	if want := "joltui: the broker at " + at + " has ended with the dashboard; it had 1 client of other programs\n"; said.String() != want {
		t.Errorf("it says %q, want %q", said.String(), want)
	}
	if conn, err := net.Dial("tcp", at); err == nil {
		conn.Close()
		t.Error("somebody still listens")
	}
}

// With the services of the demo there is traffic, which does not count as somebody else's.
func TestOwnBrokerWithSamples(t *testing.T) {
	own := new(ownBroker)
	got := make(chan string, 1)
	cfg := jolt.Config{Addr: "127.0.0.1:" + clitest.UnusedPort(t), Handler: jolt.Callbacks{Message: func(m *jolt.Message) {
		select {
		case got <- m.Topic:
		default:
		}
	}}.Handle}
	here := own.offer(t.Context(), &cfg)
	topics, err := here.Start(true)
	if err != nil || len(topics) != len(trafficTopics())+1 {
		t.Fatalf("Start: %v, %v", topics, err)
	}
	client := dial(t, cfg)
	for _, topic := range trafficTopics() {
		if err := client.Subscribe(t.Context(), topic); err != nil {
			t.Error(err)
		}
	}
	<-got
	if s := here.Status(); s.Others != 0 {
		t.Errorf("the services count as others: %+v", s)
	}
	own.mine.Add(-1) // the dashboard has ended its connection, and the broker not yet noticed
	var said bytes.Buffer
	if err := own.leave(&said); err != nil || said.Len() > 0 {
		t.Errorf("leave: %v, %q", err, said.String())
	}
}

// Why it cannot be started is in words that say what to do.
func TestOwnBrokerRefused(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			conn.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n"))
			conn.Close()
		}
	}()
	defer ln.Close()
	for _, tt := range []struct {
		cfg     jolt.Config
		refusal string
		err     string
	}{
		{jolt.Config{Addr: "10.0.0.7:8080"}, "10.0.0.7:8080 is not an address of this machine alone", ""},
		{jolt.Config{Addr: "0.0.0.0:8080"}, "not an address of this machine alone", ""},
		{jolt.Config{Addr: "example.org:8080"}, "not an address of this machine alone", ""},
		{jolt.Config{Addr: "[::1]:8080", TLS: new(tls.Config)}, "no TLS", ""},
		{jolt.Config{Addr: ln.Addr().String()}, "", "is in use by something that speaks HTTP"},
	} {
		here := new(ownBroker).offer(context.Background(), &tt.cfg)
		if got := here.Refusal(); !strings.Contains(got, tt.refusal) || (got == "") != (tt.refusal == "") {
			t.Errorf("%s: the refusal is %q, want %q", tt.cfg.Addr, got, tt.refusal)
		}
		if tt.err == "" {
			continue
		}
		if _, err := here.Start(false); err == nil || !strings.Contains(err.Error(), tt.err) {
			t.Errorf("%s: %v, want %q", tt.cfg.Addr, err, tt.err)
		}
		if s := here.Status(); s.Addr != "" {
			t.Errorf("%s: after it was refused: %+v", tt.cfg.Addr, s)
		}
	}
}

// At an address of this machine an attempt to connect follows within a second.
func TestNearBrokersAreTriedOften(t *testing.T) {
	near, far := jolt.Config{Addr: "127.0.0.1:8080"}, jolt.Config{Addr: "10.0.0.7:8080"}
	new(ownBroker).offer(t.Context(), &near)
	new(ownBroker).offer(t.Context(), &far)
	if far.Backoff != nil {
		t.Error("another machine is tried at another pace than usual")
	}
	for n := range 100 {
		if wait := near.Backoff(n); wait > nearRetry {
			t.Errorf("after %d attempts it waits for %v", n, wait)
		}
	}
}

// One that ends by itself says why, and another one can be started.
func TestOwnBrokerThatEnds(t *testing.T) {
	own := new(ownBroker)
	cfg := jolt.Config{Addr: "127.0.0.1:" + clitest.UnusedPort(t)}
	here := own.offer(t.Context(), &cfg)
	ln, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		t.Fatal(err)
	}
	if err := own.serve(t.Context(), ln, cfg.Addr, true); err != nil {
		t.Fatal(err)
	}
	ln.Close()
	own.work.Wait() // the services, too
	if s := here.Status(); s.Addr != "" || s.Here || s.Err == nil {
		t.Errorf("after it has ended: %+v", s)
	}
	if _, err := here.Start(false); err != nil {
		t.Fatal(err)
	}
	if s := here.Status(); !s.Here || s.Err != nil {
		t.Errorf("after another one was started: %+v", s)
	}
	if err := own.close(); err != nil {
		t.Error(err)
	}
}
