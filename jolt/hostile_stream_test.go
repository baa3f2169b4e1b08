package jolt

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"
)

// scriptedConn is a connection to a broker that says what r gives and hears nothing.
// It has no goroutine, and no time-outs: r does not block.
type scriptedConn struct {
	r     io.Reader
	chunk int // of each read, at most; 0 means any
}

func (s scriptedConn) Read(p []byte) (int, error) {
	if s.chunk > 0 {
		p = p[:min(len(p), s.chunk)]
	}
	return s.r.Read(p)
}

func (scriptedConn) Write(p []byte) (int, error)      { return len(p), nil }
func (scriptedConn) Close() error                     { return nil }
func (scriptedConn) LocalAddr() net.Addr              { return nil }
func (scriptedConn) RemoteAddr() net.Addr             { return nil }
func (scriptedConn) SetDeadline(time.Time) error      { return nil }
func (scriptedConn) SetReadDeadline(time.Time) error  { return nil }
func (scriptedConn) SetWriteDeadline(time.Time) error { return nil }

// greeting is one that answers the ping that makes a client up, and then hears
// nothing.
type greeting struct {
	scriptedConn
	asked    chan struct{}
	answered bool
}

func (g *greeting) Write(p []byte) (int, error) {
	select {
	case g.asked <- struct{}{}:
	default:
	}
	return len(p), nil
}

func (g *greeting) Read(p []byte) (int, error) {
	if g.answered {
		return g.scriptedConn.Read(p)
	}
	<-g.asked
	g.answered = true
	return copy(p, okLine), nil
}

// feed runs a client on a stream until the stream's end.
func feed(t testing.TB, s scriptedConn, cfg Config) {
	t.Helper()
	cfg.NoReconnect = true
	cfg.Dial = func(context.Context, string, string) (net.Conn, error) {
		if len(cfg.Topics) == 0 {
			return &greeting{scriptedConn: s, asked: make(chan struct{}, 1)}, nil
		}
		return s, nil
	}
	c, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	<-c.ended
}

// lineOf describes the line that an event was made of, as naiveLines does.
func lineOf(e Event, limit int) (string, bool) {
	switch e := e.(type) {
	case *Message:
		return e.Raw(), true
	case *BadLine:
		return describe(e.Raw, e.Size, limit), true
	case *UnknownFrame:
		return e.Raw, true
	case *Unsolicited:
		return e.Raw, true
	case *Reply:
		return e.Raw(), e.Raw() != ""
	default:
		return "", false
	}
}

// checkStream: every line is one event, in order, up to where the connection
// was given up; each request has one outcome.
func checkStream(t *testing.T, data []byte, chunk int, topics []string) {
	t.Helper()
	const limit = 64
	var events []Event
	feed(t, scriptedConn{bytes.NewReader(data), chunk}, Config{
		MaxLine: limit,
		Topics:  topics,
		Handler: func(batch []Event) { events = append(events, batch...) },
	})
	lines := naiveLines(data, limit)
	outcomes := make(map[string]int)
	var got []string
	for _, e := range events {
		r, reply := e.(*Reply)
		if line, ok := lineOf(e, limit); ok && !(reply && r.Request.Op == OpPing) {
			got = append(got, line)
		}
		if reply {
			outcomes[r.Request.String()]++
		}
	}
	last, ok := events[len(events)-1].(*StateChange)
	if !ok || last.State != Closed {
		t.Fatalf("the last event is %s", summary(events[len(events)-1]))
	}
	for _, topic := range topics {
		if n := outcomes[fmt.Sprintf("sub %q", topic)]; n != 1 {
			t.Fatalf("%q chunks of %d: the subscription of %s has %d outcomes", data, chunk, topic, n)
		}
	}
	if len(topics) == 0 && (len(got) > len(lines) || !slices.Equal(got, lines[:len(got)])) {
		t.Fatalf("%q in chunks of %d gave %q; want %q", data, chunk, got, lines)
	}
	if last.Cause == io.EOF && len(topics) == 0 && len(got) != len(lines) {
		t.Fatalf("%q in chunks of %d: only %d of %d lines were told of", data, chunk, len(got), len(lines))
	}
}

// hostileStreams are what a broker might send to do harm.
func hostileStreams() []string {
	return []string{
		"", "\n", "\r\n\r\n", "\x00", "\xff\xfe\n", "{}\n", "[]\n", "null\n", "\"\n", "{\"ok\":true}\n{\"ok\":true}\n{\"ok\":true}\n",
		"{\"topic\":\"a\"}\n", "{\"topic\":\"a\",\"data\":null}\n", "{\"topic\":1,\"data\":\"x\",\"ok\":true}\n",
		"{\"ok\":false,\"error\":{\"a\":[1]}}\n", "{\"ok\":1e999999}\n", "{\"ok\":-0.0000000000000000000000000000000000001}\n",
		"{\"topic\":\"a\",\"data\":" + strings.Repeat("9", 50) + "}\n", "{\"topic\":\"a\",\"data\":\"\\ud800\"}\n",
		"{\"topic\":\"\xc3\x28\",\"data\":\"x\"}\n", "{\"a\":" + strings.Repeat("[", 60) + "\n", strings.Repeat("[", 1000) + "\n",
		strings.Repeat("{\"a\":", 12) + "1" + strings.Repeat("}", 12) + "\n", strings.Repeat("x", 65) + "\n" + strings.Repeat("y", 64) + "\n",
		"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00", "{\"ok\":true}" /* no end */, "\u2028\n",
		"{\"ok\":false,\"error\":\"slow_consumer\"}\n{\"ok\":true}\n", strings.Repeat("{\"ok\":true}\n", 100),
	}
}

// Promise 8 of reliability, in short: whatever the broker sends and however it
// is cut into reads, nothing panics and no line is lost.
func TestHostileStreams(t *testing.T) {
	tried := 0
	for _, s := range hostileStreams() {
		for _, data := range []string{s, "{\"topic\":\"t\",\"data\":\"before\"}\n" + s, s + "\n{\"topic\":\"t\",\"data\":\"after\"}\n"} {
			for chunk := range 20 {
				checkStream(t, []byte(data), chunk, nil)
				checkStream(t, []byte(data), chunk, []string{"a", "b"})
				tried += 2
			}
		}
	}
	t.Logf("%d streams", tried)
}

// FuzzClient: any bytes, in any chunks, as the broker's side of a connection.
func FuzzClient(f *testing.F) {
	for _, s := range hostileStreams() {
		f.Add([]byte(s), 0, false)
		f.Add([]byte(s), 1, true)
	}
	f.Fuzz(func(t *testing.T, data []byte, chunk int, subscribe bool) {
		var topics []string
		if subscribe {
			topics = []string{"a", "b"}
		}
		checkStream(t, data, abs(chunk)%100, topics)
	})
}

// Deep nesting costs no stack: a line of nothing but brackets.
func TestDeepNesting(t *testing.T) {
	for _, line := range []string{
		"{\"topic\":\"a\",\"data\":" + strings.Repeat("[", 4<<20) + strings.Repeat("]", 4<<20) + "}",
		"{\"topic\":\"a\",\"data\":" + strings.Repeat("{\"a\":", 1<<20) + "1" + strings.Repeat("}", 1<<20) + "}",
		strings.Repeat("[", 8<<20), strings.Repeat("{\"a\":", 1<<20),
	} {
		var kinds []string
		feed(t, scriptedConn{r: strings.NewReader(line + "\n{\"topic\":\"a\",\"data\":\"after\"}\n")}, Config{Handler: func(batch []Event) {
			for _, e := range batch {
				kinds = append(kinds, strings.TrimPrefix(fmt.Sprintf("%T", e), "*jolt."))
			}
		}})
		if len(kinds) != 6 || kinds[3] != "BadLine" && kinds[3] != "Message" || kinds[4] != "Message" {
			t.Errorf("%.20s…: events %v", line, kinds)
		}
	}
}
