package e2e

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
)

// fakeBroker speaks the protocol, as badly as a test wants.
type fakeBroker struct {
	port string

	mu     sync.Mutex
	conn   net.Conn
	refuse func(op, topic string) string // with which words; "" is ok
}

// startFake runs a fake broker that accepts everything until told otherwise.
func startFake(t *testing.T, refuse func(op, topic string) string) *fakeBroker {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &fakeBroker{refuse: refuse}
	_, f.port, _ = net.SplitHostPort(ln.Addr().String())
	var ended sync.WaitGroup
	ended.Go(func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			f.mu.Lock()
			f.conn = conn
			f.mu.Unlock()
			ended.Go(func() { f.serve(conn) })
		}
	})
	t.Cleanup(func() {
		ln.Close()
		f.cut()
		ended.Wait()
	})
	return f
}

func (f *fakeBroker) serve(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewScanner(conn)
	for in.Scan() {
		var request struct{ Op, Topic string }
		json.Unmarshal(in.Bytes(), &request)
		if words := f.refuse(request.Op, request.Topic); words != "" {
			fmt.Fprintf(conn, `{"ok":false,"error":%s}`+"\n", quote(words))
		} else {
			fmt.Fprintln(conn, `{"ok":true}`)
		}
	}
}

// cut ends the connection.
func (f *fakeBroker) cut() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.conn != nil {
		f.conn.Close()
	}
}

// line sends any line. It must not have a line feed.
func (f *fakeBroker) line(text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	fmt.Fprintln(f.conn, text)
}

func (f *fakeBroker) message(topic, data string) {
	f.line(fmt.Sprintf(`{"topic":%s,"data":%s}`, quote(topic), quote(data)))
}

// quote makes a JSON string of text, in which only what must be is escaped.
func quote(text string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.Encode(text)
	return strings.TrimSuffix(b.String(), "\n")
}
