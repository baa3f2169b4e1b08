package jolt_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"joltui/jolt"
)

// accept listens, connects a client and returns the broker's end.
func accept(t *testing.T, cfg jolt.Config) (*jolt.Client, net.Conn) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	cfg.Addr = ln.Addr().String()
	c, err := jolt.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := ln.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(); c.Close() })
	ping := make([]byte, len("{\"op\":\"ping\"}\n")) // the client is up when it is answered
	if _, err := io.ReadFull(conn, ping); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write(jolt.AppendAck(nil)); err != nil {
		t.Fatal(err)
	}
	return c, conn
}

// numbered is n messages, numbered from 0.
func numbered(n int) []byte {
	var lines []byte
	for i := range n {
		lines = jolt.AppendMessage(lines, "orders", strconv.Itoa(i))
	}
	return lines
}

// sequence is a handler that checks that messages are numbered without a hole,
// and stalls before the first until it is let go.
type sequence struct {
	entered chan struct{}
	letGo   chan struct{}
	all     chan error // what was wrong, when all have come
	next    int
	total   int
}

func newSequence(total int) *sequence {
	return &sequence{make(chan struct{}, 1), make(chan struct{}), make(chan error, 1), 0, total}
}

func (s *sequence) handle(batch []jolt.Event) {
	for _, e := range batch {
		m, ok := e.(*jolt.Message)
		if !ok || s.next < 0 {
			continue
		}
		if s.next == 0 {
			s.entered <- struct{}{}
			<-s.letGo
		}
		if m.Data != strconv.Itoa(s.next) {
			s.all <- fmt.Errorf("message %s came in the place of %d", m.Data, s.next)
			s.next = -1
		} else if s.next++; s.next == s.total {
			s.all <- nil
		}
	}
}

// Promise 7 of reliability: a handler that stalls makes TCP push back, so that
// the broker's side stops after what the sockets hold; the client holds one
// read. When it goes on, all of 1,000,000 messages come, once, in order.
func TestStalledHandler(t *testing.T) {
	const total = 1_000_000
	handler := newSequence(total)
	_, conn := accept(t, jolt.Config{Handler: handler.handle})
	lines := numbered(total)
	before := heap()
	written := writeUntilStalled(t, conn, lines)
	<-handler.entered
	held := heap() - before
	t.Logf("stalled after %d of %d bytes; the client held %d bytes", written, len(lines), held)
	if held > 4<<20 {
		t.Errorf("a stalled client holds %d bytes", held)
	}
	close(handler.letGo)
	conn.SetWriteDeadline(time.Now().Add(patience))
	if _, err := conn.Write(lines[written:]); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-handler.all:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Error("not all messages came")
	}
}

// writeUntilStalled writes what the other end takes and returns how much that was.
func writeUntilStalled(t *testing.T, conn net.Conn, data []byte) int {
	t.Helper()
	for n := 0; ; {
		conn.SetWriteDeadline(time.Now().Add(300 * time.Millisecond))
		k, err := conn.Write(data[n:])
		n += k
		switch {
		case err == nil:
			t.Fatalf("all of %d bytes were taken by a client whose handler stalls", n)
		case !errors.Is(err, os.ErrDeadlineExceeded):
			t.Fatal(err)
		case k == 0:
			return n
		}
	}
}

func heap() int {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// A broker that floods and reads nothing: what it does not read cannot be
// answered, so the connection is given up, and the user is told why. Until then
// messages come.
func TestFloodWithoutReading(t *testing.T) {
	got := newStream()
	c, conn := accept(t, jolt.Config{Handler: got.handle, ReplyTimeout: 2 * time.Second, NoReconnect: true})
	got.awaitState(t, jolt.Up)
	flooded := make(chan struct{})
	go func() {
		defer close(flooded)
		flood := bytes.Repeat(jolt.AppendMessage(nil, "m", "1"), 100)
		for {
			if _, err := conn.Write(flood); err != nil {
				return
			}
			runtime.Gosched()
		}
	}()
	published := make(chan error, 1)
	go func() { // more than the sockets hold: the writer stalls on it
		published <- c.Publish(t.Context(), "a", strings.Repeat("x", 16<<20))
	}()
	seen, closed := got.awaitState(t, jolt.Closed)
	if !errors.Is(closed.Cause, jolt.ErrNoReply) {
		t.Errorf("the cause is %v", closed.Cause)
	}
	if err := <-published; !errors.Is(err, jolt.ErrUnknownOutcome) {
		t.Errorf("publish: %v", err)
	}
	messages, replies := 0, 0
	for _, e := range seen {
		switch e.(type) {
		case *jolt.Message:
			messages++
		case *jolt.Reply:
			replies++
		}
	}
	if messages == 0 || replies != 1 {
		t.Errorf("%d messages, %d outcomes", messages, replies)
	}
	conn.Close()
	<-flooded
}
