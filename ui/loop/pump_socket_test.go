package loop

import (
	"context"
	"net"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/jolt"
)

// Promise 7 of reliability, from a socket on: a program that stalls does not
// stop the reader, and of 1,000,000 messages that a broker sends as fast as it
// can, each is delivered, dropped and counted, or waiting.
func TestPumpCountsWhatASocketBrings(t *testing.T) {
	const total, patience = 1_000_000, time.Minute
	p := NewPump(PumpLimits{Messages: 10_000})
	received := make(chan uint64, 1)
	var n uint64
	client, broker := connect(t, func(batch []jolt.Event) {
		p.Handle(batch)
		for _, e := range batch {
			if _, ok := e.(*jolt.Message); ok {
				if n++; n == total {
					received <- n
				}
			}
		}
	})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var delivered, dropped uint64
	count := func(b Batch) {
		delivered += uint64(len(b.Events))
		for _, e := range b.Events {
			if _, ok := e.(*jolt.Message); !ok {
				delivered--
			}
		}
		for _, d := range b.Drops {
			dropped += d.Messages
		}
	}
	stall, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		batches := 0
		p.Run(ctx, func(msg tea.Msg) {
			if batches++; batches > 1 {
				<-stall // for ever, as far as the broker can tell
			}
			count(msg.(Batch))
		})
	}()
	line := jolt.AppendMessage(nil, "orders.eu", "0123456789")
	chunk := make([]byte, 0, 1000*len(line))
	for range 1000 {
		chunk = append(chunk, line...)
	}
	broker.SetWriteDeadline(time.Now().Add(patience))
	for range total / 1000 {
		if _, err := broker.Write(chunk); err != nil {
			t.Fatalf("a stalled program stopped the reader: %v", err)
		}
	}
	select {
	case <-received:
	case <-time.After(patience):
		t.Fatal("not all was received")
	}
	close(stall)
	cancel()
	<-ended
	client.Close()
	taken := delivered
	count(p.take())
	waiting := delivered - taken
	t.Logf("received %d = delivered %d + dropped %d + waiting %d", n, taken, dropped, waiting)
	if taken+dropped+waiting != total || dropped == 0 {
		t.Errorf("delivered %d + dropped %d + waiting %d is not %d", taken, dropped, waiting, total)
	}
}

// connect returns a client that is up, and the broker's end of its connection.
func connect(t *testing.T, handler func([]jolt.Event)) (*jolt.Client, net.Conn) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	client, err := jolt.New(jolt.Config{Addr: ln.Addr().String(), Handler: handler})
	if err != nil {
		t.Fatal(err)
	}
	conn, err := ln.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(); client.Close() })
	return client, conn
}
