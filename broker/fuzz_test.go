package broker

import (
	"bytes"
	"errors"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"joltui/jolt"
)

// The limits of FuzzSession, so small that it will reach them.
const (
	fuzzLineBytes  = 128
	fuzzTopicBytes = 16
)

// FuzzSession feeds a session any bytes, in pieces of any size. It must answer
// each line with exactly one reply, in order, deliver what the client
// subscribed to and published itself, and end with its input.
func FuzzSession(f *testing.F) {
	for _, seed := range []string{
		"", "\n\r\n \t\n", "{\"op\":\"ping\"}\n{\"op\":\"ping\"}", "{\"op\":\"no\"}\r\nhello\n",
		`{"op":"sub","topic":"a"}` + "\n" + `{"op":"pub","topic":"a","data":"1"}` + "\n" +
			`{"op":"unsub","topic":"a"}` + "\n" + `{"op":"pub","topic":"a","data":"2"}` + "\n",
		`{"op":"auth","user":"u","pass":"p"}` + "\n" + `{"op":"sub","topic":""}` + "\n",
		"GET / HTTP/1.1\r\nHost: a\r\n\r\n" + ping, "PUT {}\n" + ping,
		"{" + strings.Repeat("x", fuzzLineBytes-1) + "\r\n" + strings.Repeat("x", fuzzLineBytes+1) + "\n" + ping,
		strings.Repeat("\n", 2*firstReadBytes) + ping + strings.Repeat("x", fuzzLineBytes+2),
		`{"op":"sub","topic":"` + strings.Repeat("é", 9) + "\"}\n\x00\xff\n",
	} {
		f.Add([]byte(seed), uint16(0))
		f.Add([]byte(seed), uint16(len(seed)/2))
	}
	b, err := New(Config{Limits: Limits{LineBytes: fuzzLineBytes, TopicBytes: fuzzTopicBytes}})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, input []byte, piece uint16) {
		conn := &scriptedConn{input: bytes.NewReader(input), piece: int(piece) + 1}
		stopped := 0
		newSession(b, conn).run(func(bool) { stopped++ })
		if topics := b.Stats().Topics; stopped != 1 || !conn.closed || topics != 0 {
			t.Errorf("stopped %d times, closed: %v, %d topics left", stopped, conn.closed, topics)
		}
		replies, messages := codes(t, conn.output.String())
		m := fuzzModel{topics: make(map[string]bool)}
		m.read(string(input))
		if !slices.Equal(replies, m.replies) {
			t.Errorf("got  replies %q\nwant %q", replies, m.replies)
		}
		if !slices.Equal(messages, m.messages) {
			t.Errorf("got  messages %q\nwant %q", messages, m.messages)
		}
	})
}

// scriptedConn hands out its input a piece at a time, and then its end.
type scriptedConn struct {
	net.Conn // nil: for the methods that a session does not call
	input    *bytes.Reader
	piece    int
	output   bytes.Buffer
	closed   bool
}

func (c *scriptedConn) Read(p []byte) (int, error)  { return c.input.Read(p[:min(len(p), c.piece)]) }
func (c *scriptedConn) Write(p []byte) (int, error) { return c.output.Write(p) }

func (c *scriptedConn) Close() error {
	c.closed = true
	return nil
}

func (c *scriptedConn) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (c *scriptedConn) SetDeadline(time.Time) error      { return nil }
func (c *scriptedConn) SetReadDeadline(time.Time) error  { return nil }
func (c *scriptedConn) SetWriteDeadline(time.Time) error { return nil }

// codes returns the replies of an output, "" for an acknowledgement and the
// code for an error, and the messages.
func codes(t *testing.T, output string) (replies, messages []string) {
	t.Helper()
	if strings.HasPrefix(output, "HTTP/") { // the frame is the body
		_, output, _ = strings.Cut(output, "\r\n\r\n")
	}
	for output != "" {
		line, rest, ended := strings.Cut(output, "\n")
		output = rest
		frame, err := jolt.ParseFrame(line)
		if err != nil || !ended {
			t.Fatalf("output %q: %v", line, err)
		}
		switch frame.Kind {
		case jolt.FrameAck:
			replies = append(replies, "")
		case jolt.FrameError:
			code, _, _ := strings.Cut(frame.Error, ":")
			replies = append(replies, code)
		case jolt.FrameMessage:
			messages = append(messages, frame.Topic+"="+frame.Data)
		default:
			t.Fatalf("output %q", line)
		}
	}
	return replies, messages
}

// fuzzModel is what a session does, for one client and without security.
type fuzzModel struct {
	topics            map[string]bool
	known             bool // the first line was an object
	replies, messages []string
}

// read goes through input until its end, a line that is too long or a first one that
// is no object.
func (m *fuzzModel) read(input string) {
	for input != "" {
		line, rest, ended := strings.Cut(input, "\n")
		input = rest
		switch text := strings.TrimSuffix(line, "\r"); {
		case len(text) > fuzzLineBytes:
			m.replies = append(m.replies, jolt.CodeTooLarge)
			return
		case !ended:
			m.replies = append(m.replies, jolt.CodeBadRequest)
		case strings.Trim(text, " \t\r") == "":
		case !m.known && !strings.HasPrefix(strings.TrimLeft(text, " \t\r"), "{"):
			m.replies = append(m.replies, jolt.CodeBadRequest)
			return
		default:
			m.known = true
			m.replies = append(m.replies, m.do(text))
		}
	}
}

// do returns the code of the reply to one line.
func (m *fuzzModel) do(line string) string {
	req, err := jolt.ParseRequest(line)
	named := req.Op != jolt.OpAuth && req.Op != jolt.OpPing
	switch {
	case errors.Is(err, jolt.ErrUnknownOp):
		return jolt.CodeUnknownOp
	case err != nil:
		return jolt.CodeBadRequest
	case named && req.Topic == "":
		return jolt.CodeBadTopic
	case len(req.Topic) > fuzzTopicBytes:
		return jolt.CodeTooLarge
	case req.Op == jolt.OpUnsubscribe && !m.topics[req.Topic]:
		return jolt.CodeUnknownTopic
	case req.Op == jolt.OpUnsubscribe:
		delete(m.topics, req.Topic)
	case req.Op == jolt.OpSubscribe:
		m.topics[req.Topic] = true
	case req.Op == jolt.OpPublish && m.topics[req.Topic]:
		m.messages = append(m.messages, req.Topic+"="+req.Data)
	}
	return ""
}
