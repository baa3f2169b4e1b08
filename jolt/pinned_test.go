package jolt

import (
	"bytes"
	"io"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// pieces is a reader whose reads bring so much at the most.
type pieces struct {
	*bytes.Reader
	size int
}

func (p pieces) Read(b []byte) (int, error) { return p.Reader.Read(b[:min(len(b), p.size)]) }

// sessionFor returns a session without a connection.
func sessionFor(handler func([]Event)) *session {
	return newSession(&Client{cfg: Config{MaxLine: DefaultMaxLine, Handler: handler}, events: emitter{handler: handler}}, nil, &socket{})
}

// readAll passes what r brings to a session, and returns one message of each
// read, as keep makes it.
func readAll[T any](r io.Reader, keep func(*Message) T) []T {
	var kept []T
	handler := func(batch []Event) { kept = append(kept, keep(batch[len(batch)/2].(*Message))) }
	s := sessionFor(handler)
	for s.lines.read(r) == nil {
		s.deal(s.heard)
	}
	return kept
}

// What a program keeps pins no more than [Event] says, whatever the reads and
// the payloads are like.
func TestKeptMessagesPinLittle(t *testing.T) {
	const (
		reads  = 50
		text   = 3 * sharedSize // the topic, the payload and the line may each begin a block
		slabs  = slabMost * 80
		spare  = 1 << 10 // of an allocation, and for what keeps it
		ofEach = text + slabs + spare
	)
	for name, data := range map[string]string{
		"empty":   "",
		"plain":   strings.Repeat("x", 128),
		"escapes": strings.Repeat(`"`, 128),
		"half":    strings.Repeat(`"`, 8<<10),
		"large":   strings.Repeat(`"x`, 16<<10),
	} {
		usual := AppendMessage(nil, "orders.eu", data)
		odd := bytes.Replace(usual, []byte("orders.eu"), []byte(`orders\u002eeu`), 1) // is kept as it came
		for _, line := range [][]byte{usual, odd} {
			for _, size := range []int{512, 10_000, 64 << 10} {
				stream := bytes.Repeat(line, reads*max(size, len(line))/len(line))
				before := memory()
				kept := readAll(pieces{bytes.NewReader(stream), size}, func(m *Message) *Message { return m })
				perMessage := (memory() - before) / len(kept)
				runtime.KeepAlive(stream) // or its going would count, too
				t.Logf("%s, reads of %d: %d messages of a line of %d pin %d bytes each", name, size, len(kept), len(line), perMessage)
				if perMessage > ofEach+len(line)+len(data) {
					t.Errorf("%s, reads of %d: a kept message pins %d bytes", name, size, perMessage)
				}
				for _, m := range kept {
					if m.Data != data || m.Topic != "orders.eu" || m.Raw() != string(line[:len(line)-1]) {
						t.Fatalf("%s, reads of %d: what was kept has changed: %q", name, size, m.Data)
					}
				}
			}
		}
	}
}

// What one read brings comes in batches that fit into a processor's cache, and in order.
func TestBatchesOfARead(t *testing.T) {
	const messages = 3*batchMost + 1
	var stream []byte
	for i := range messages {
		stream = AppendMessage(stream, "a", strconv.Itoa(i))
	}
	var sizes []int
	n := 0
	handler := func(batch []Event) {
		sizes = append(sizes, len(batch))
		for _, e := range batch {
			if got := e.(*Message).Data; got != strconv.Itoa(n) {
				t.Fatalf("message %d is %q", n, got)
			}
			n++
		}
	}
	s := sessionFor(handler)
	s.lines.move(readSize)
	if err := s.lines.read(bytes.NewReader(stream)); err != nil {
		t.Fatal(err)
	}
	s.deal(s.heard)
	if want := []int{batchMost, batchMost, batchMost, 1}; !slices.Equal(sizes, want) {
		t.Errorf("batches of %v; want %v", sizes, want)
	}
}

// A kept payload that was decoded pins a block and not the read.
func TestKeptPayloadPinsABlock(t *testing.T) {
	data := strings.Repeat(`"x`, 64)
	line := AppendMessage(nil, "orders.eu", data)
	stream := bytes.Repeat(line, 100*64<<10/len(line))
	before := memory()
	kept := readAll(bytes.NewReader(stream), func(m *Message) string { return m.Data })
	if each := (memory() - before) / len(kept); each > sharedSize+1<<10 {
		t.Errorf("a kept payload pins %d bytes", each)
	}
	runtime.KeepAlive(stream)
	for _, got := range kept {
		if got != data {
			t.Fatalf("what was kept has changed: %q", got)
		}
	}
}

// A short payload that is decoded after a long one pins none of its memory.
func TestShortPayloadPinsNoLongOne(t *testing.T) {
	d := newDecoder()
	decode := func(data string) string {
		f, err := d.frame(strings.TrimSuffix(string(AppendMessage(nil, "a", data)), "\n"))
		if err != nil || f.Data != data {
			t.Fatalf("%.20q, %v", f.Data, err)
		}
		return f.Data
	}
	before := memory()
	decode(strings.Repeat(`"`, 1<<20)) // half of the memory for it is left
	kept := decode(`"x"`)
	if more := memory() - before; more > sharedSize+4<<10 {
		t.Errorf("a payload of %d bytes pins %d", len(kept), more)
	}
	runtime.KeepAlive(kept)
	runtime.KeepAlive(d)
}
