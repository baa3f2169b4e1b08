package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"

	"joltui/jolt"
)

// payload is how long the data of a message is, in bytes.
const payload = 128

// topics are those of all messages.
var topics = []string{"orders.eu", "orders.us", "chat.room", "metrics.web"}

// firehose speaks just enough Jolt to feed one dashboard: it says ok to every
// request, and sends messages at the rate it is told, or as fast as they are
// taken.
type firehose struct {
	ln         net.Listener
	port       string
	subscribed chan struct{} // closed when every topic was asked for

	mu   sync.Mutex // held while writing
	conn net.Conn
	ends sync.WaitGroup
}

func listen() (*firehose, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	f := &firehose{ln: ln, subscribed: make(chan struct{})}
	_, f.port, _ = net.SplitHostPort(ln.Addr().String())
	f.ends.Go(func() {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		f.mu.Lock()
		f.conn = conn
		f.mu.Unlock()
		f.answer(conn)
	})
	return f, nil
}

func (f *firehose) close() {
	f.ln.Close()
	f.mu.Lock()
	if f.conn != nil {
		f.conn.Close()
	}
	f.mu.Unlock()
	f.ends.Wait()
}

func (f *firehose) answer(conn net.Conn) {
	requests := bufio.NewScanner(conn)
	for n := 0; requests.Scan(); {
		f.mu.Lock()
		conn.Write([]byte("{\"ok\":true}\n"))
		f.mu.Unlock()
		if bytes.Contains(requests.Bytes(), []byte(`"op":"sub"`)) {
			if n++; n == len(topics) {
				close(f.subscribed)
			}
		}
	}
}

// unlimited sends chunks until ctx ends, and returns how many messages those
// were.
func (f *firehose) unlimited(ctx context.Context, c chunk) (sent uint64, err error) {
	for ctx.Err() == nil {
		f.mu.Lock()
		_, err = f.conn.Write(c.lines)
		f.mu.Unlock()
		if err != nil {
			return sent, fmt.Errorf("the dashboard takes no more: %w", err)
		}
		sent += uint64(c.messages)
	}
	return sent, nil
}

// steady sends one message after another at so many a second, which is to be
// no more than a thousand, until ctx ends.
func (f *firehose) steady(ctx context.Context, perSecond int) error {
	pace := time.NewTicker(time.Second / time.Duration(perSecond))
	defer pace.Stop()
	var line []byte
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return nil
		case <-pace.C:
		}
		line = appendMessage(line[:0], n, plain)
		f.mu.Lock()
		_, err := f.conn.Write(line)
		f.mu.Unlock()
		if err != nil {
			return err
		}
	}
}

// chunk is many messages that are written at once.
type chunk struct {
	lines    []byte
	messages int
}

// newChunk makes a chunk of about a MiB, so that what the driver itself costs is
// little more than the system's copying.
func newChunk(data func(n int) string) chunk {
	var c chunk
	for len(c.lines) < 1<<20 {
		c.lines = appendMessage(c.lines, c.messages, data)
		c.messages++
	}
	return c
}

func appendMessage(dst []byte, n int, data func(int) string) []byte {
	return jolt.AppendMessage(dst, topics[n%len(topics)], data(n))
}

// plain is text that JSON has nothing to escape in.
func plain(n int) string {
	return padded("order "+strconv.Itoa(n)+" was paid ", "lorem ipsum dolor sit amet ", "")
}

// nested is JSON, of which every quote is escaped on the wire.
func nested(n int) string {
	return padded(`{"id":`+strconv.Itoa(n)+`,"status":"paid","amount":12.50,"currency":"EUR","note":"`, "lorem ipsum ", `"}`)
}

// padded fills up what is between begin and end to the length of a payload.
func padded(begin, fill, end string) string {
	room := payload - len(begin) - len(end)
	return begin + strings.Repeat(fill, room/len(fill)+1)[:room] + end
}
