package broker

import (
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"testing/iotest"
)

func TestLineEnds(t *testing.T) {
	r := startBroker(t, Config{})
	c := r.dial(t)
	c.write("\n\r\n  \t\r\n")
	c.ask("{\"op\":\"ping\"}\r", ok)
	c.ask(" {\"op\" : \"ping\"} ", ok)
	c.ask("\n{\"op\":\"ping\"}\n", ok)
	c.ask(`{"op":"sub","topic":"last"}`, ok)
}

func TestManyRequestsInOneWrite(t *testing.T) {
	const n = 5000
	r := startBroker(t, Config{})
	c := r.dial(t)
	go io.WriteString(c.conn, strings.Repeat("{\"op\":\"ping\"}\n{\"op\":\"no\"}\n", n))
	for range n {
		c.expect(ok, failed(`unknown_op: there is no op no, only sub, unsub, pub and ping, and the login`))
	}
}

// Wherever the network splits the stream, the requests are the same.
func TestSplitAtEveryByte(t *testing.T) {
	const stream = "{\"op\":\"sub\",\"topic\":\"tö\"}\r\n\n{\"op\":\"pub\",\"topic\":\"tö\",\"data\":\"d\\u00e9\"}\n{\"op\":\"ping\"}\r\n"
	_, ln := servePipes(t, Config{})
	for i := 1; i < len(stream); i++ {
		c := ln.dial(t) // a pipe: a write returns only when it has been read
		end := c.conn
		done := make(chan error, 1)
		go func() {
			_, err := io.WriteString(end, stream[:i])
			if err == nil {
				_, err = io.WriteString(end, stream[i:])
			}
			done <- err
		}()
		got := []string{c.read(), c.read(), c.read(), c.read()}
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		message := `{"topic":"tö","data":"d\u00e9"}` // escaped as the publisher has escaped it
		counts := map[string]int{}
		for _, line := range got {
			counts[line]++
		}
		if counts[ok] != 3 || counts[message] != 1 {
			t.Fatalf("split at byte %d: got %q", i, got)
		}
		end.Close()
	}
}

func TestLineLimit(t *testing.T) {
	const limit = 20_000
	ping := func(length int) string {
		return `{"op":"ping","pad":"` + strings.Repeat("x", length-len(`{"op":"ping","pad":""}`)) + `"}`
	}
	r := startBroker(t, Config{Limits: Limits{LineBytes: limit}})
	for _, end := range []string{"\n", "\r\n"} {
		c := r.dial(t)
		for _, length := range []int{4095, 4096, 4097, limit - 1, limit} {
			c.write(ping(length) + end)
			c.expect(ok)
		}
		c.write("{\"op\":\"ping\"}\n" + ping(limit+1) + end + "{\"op\":\"ping\"}\n")
		c.expect(ok, failed("too_large: a line has more than 20000 bytes"))
		c.expectEnd()
	}
}

// A line that never ends is refused without being stored.
func TestEndlessLine(t *testing.T) {
	r := startBroker(t, Config{Limits: Limits{LineBytes: 1000}})
	c := r.dial(t)
	c.write(strings.Repeat("x", 1001))
	c.expect(failed("too_large: a line has more than 1000 bytes"))
	c.expectEnd()
}

func TestConnectionEndsInsideALine(t *testing.T) {
	r := startBroker(t, Config{})
	c := r.dial(t)
	c.write("{\"op\":\"ping\"}\n{\"op\":")
	if err := c.conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	c.expect(ok, failed("bad_request: the connection ended inside a line: 6 bytes without a line end were not read"))
	c.expectEnd()
}

// A client that closes its side first still gets its replies.
func TestHalfClose(t *testing.T) {
	r := startBroker(t, Config{})
	c := r.dial(t)
	c.write("{\"op\":\"ping\"}\n{\"op\":\"sub\",\"topic\":\"\"}\n")
	if err := c.conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	c.expect(ok, failed("bad_topic: the topic is empty"))
	c.expectEnd()
}

// The reader returns every byte up to the last line end, whatever its source
// hands out, and holds no more than it may.
func TestLineReader(t *testing.T) {
	const limit = 100_000
	var text strings.Builder
	for i := range 400 {
		fmt.Fprintf(&text, "%d%s\n", i, strings.Repeat("x", i*i%7919))
	}
	text.WriteString(strings.Repeat("y", limit) + "\r\n" + strings.Repeat("z\n", 100_000))
	sources := map[string]io.Reader{
		"whole":    strings.NewReader(text.String()),
		"halves":   iotest.HalfReader(strings.NewReader(text.String())),
		"data+EOF": iotest.DataErrReader(strings.NewReader(text.String())),
	}
	for name, src := range sources {
		r := newLineReader(src, 64<<10)
		var got strings.Builder
		for {
			lines, err := r.next(limit)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if lines == "" || lines[len(lines)-1] != '\n' {
				t.Fatalf("%s: %q does not end with a line end", name, lines)
			}
			if len(r.buf) > limit+2 {
				t.Fatalf("%s: the buffer has %d bytes", name, len(r.buf))
			}
			got.WriteString(lines)
		}
		if got.String() != text.String() || r.size != 0 {
			t.Errorf("%s: got %d bytes of %d", name, got.Len(), text.Len())
		}
		if len(r.buf) > 64<<10 {
			t.Errorf("%s: still holds %d bytes after a long line", name, len(r.buf))
		}
	}
}

// A connection that was busy once does not hold a large buffer for ever.
func TestLineReaderShrinks(t *testing.T) {
	const line = "{\"op\":\"ping\"}\n"
	src := &pieces{strings.NewReader(strings.Repeat(line, 100_000)), 1 << 20}
	r := newLineReader(src, 64<<10)
	read := func() {
		if _, err := r.next(1 << 20); err != nil {
			t.Fatal(err)
		}
	}
	for range 10 {
		read()
	}
	if len(r.buf) != 64<<10 {
		t.Fatalf("the buffer has %d bytes where much comes", len(r.buf))
	}
	src.size = len(line)
	for range 5 * fewReads {
		read()
	}
	if len(r.buf) != firstReadBytes {
		t.Errorf("the buffer has %d bytes where little comes", len(r.buf))
	}
}

// pieces is a reader whose reads bring so much at the most.
type pieces struct {
	src  io.Reader
	size int
}

func (p *pieces) Read(b []byte) (int, error) { return p.src.Read(b[:min(len(b), p.size)]) }

func TestBatchIsASmallPartOfAQueue(t *testing.T) {
	for queue, want := range map[int]int{64 << 10: 4 << 10, 1 << 20: 64 << 10, 8 << 20: 256 << 10, 1 << 30: 256 << 10} {
		if got := batchFor(queue); got != want {
			t.Errorf("for a queue of %d: %d, want %d", queue, got, want)
		}
	}
}
