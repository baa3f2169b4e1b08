package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"joltui/jolt"
)

// version is that of the format. See the package documentation.
const version = 1

// Entry is what a line of a recording holds.
type Entry struct {
	At time.Time // of a recording that was read, in the local time zone
	// Event is a [*jolt.Message], a [*jolt.Gap] or a [*jolt.StateChange]; nil where
	// messages are missing. A state has no user, and a cause only its text.
	Event   jolt.Event
	Missing Missing
}

// Missing counts messages that were received and could not be recorded.
type Missing struct {
	Messages uint64
	Bytes    uint64 // of their payloads
}

// header is the first line of a file.
type header struct {
	Started time.Time
	Part    int // from 1
	What    string
}

// line is a line that is no message, for encoding/json.
type line struct {
	Time time.Time `json:"time"`
	Type string    `json:"type"`

	Version int        `json:"version,omitempty"`
	Started *time.Time `json:"started,omitempty"`
	Part    int        `json:"part,omitempty"`
	What    string     `json:"what,omitempty"`

	State   string     `json:"state,omitempty"`
	Addr    string     `json:"addr,omitempty"`
	Attempt int        `json:"attempt,omitempty"`
	Topics  int        `json:"topics,omitempty"`
	Cause   string     `json:"cause,omitempty"`
	Retry   *time.Time `json:"retry,omitempty"`
	From    *time.Time `json:"from,omitempty"`
	Since   *time.Time `json:"since,omitempty"`
	UpTo    float64    `json:"up_to_s,omitempty"` // in seconds, for those who do not parse times

	Messages uint64 `json:"messages,omitempty"`
	Bytes    uint64 `json:"bytes,omitempty"`
}

// The types of line.
const (
	typeHeader  = "recording"
	typeState   = "state"
	typeGap     = "gap"
	typeMissing = "missing"
	typeEnd     = "end"
)

// cause is the error of a cause that was read from a recording.
type cause string

// Error returns the text of the cause.
func (c cause) Error() string { return string(c) }

func causeOf(text string) error {
	if text == "" {
		return nil
	}
	return cause(text)
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// optional returns nil for a zero time, so that it is left out.
func optional(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

func known(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.Local()
}

// appendMessage appends the line of a message. The codec's own frame, which
// begins with a brace, becomes the rest of the object.
func appendMessage(dst []byte, m *jolt.Message) []byte {
	dst = append(dst, messageHead...)
	dst = m.At.UTC().AppendFormat(dst, time.RFC3339Nano)
	dst = append(dst, '"')
	comma := len(dst)
	dst = jolt.AppendMessage(dst, m.Topic, m.Data)
	dst[comma] = ','
	return dst
}

// The beginning of every line that this package writes, and what follows the time in a line
// that is no message.
const (
	messageHead = `{"time":"`
	typeHead    = `{"type":`
)

// appendLine appends any other line.
func appendLine(dst []byte, l line) ([]byte, error) {
	l.Time = l.Time.UTC()
	text, err := json.Marshal(l)
	if err != nil {
		return dst, err
	}
	return append(append(dst, text...), '\n'), nil
}

func stateLine(s *jolt.StateChange) line {
	return line{
		Time: s.At, Type: typeState, State: s.State.String(), Addr: s.Addr,
		Attempt: s.Attempt, Topics: s.Topics, Cause: textOf(s.Cause), Since: optional(s.Since), Retry: optional(s.RetryAt),
	}
}

func gapLine(g *jolt.Gap) line {
	upTo := max(g.To.Sub(g.From), 0).Round(time.Millisecond).Seconds()
	return line{Time: g.To, Type: typeGap, From: optional(g.From), UpTo: upTo, Cause: textOf(g.Cause)}
}

// AppendGap appends the line of a gap, for those who write messages in the format of a
// recording.
func AppendGap(dst []byte, g *jolt.Gap) ([]byte, error) { return appendLine(dst, gapLine(g)) }

// parsed is a line that was read.
type parsed struct {
	entry  Entry
	kind   string // "" is a message; a line of an unknown type has no entry
	header header
}

// ParseLine reads a line of a recording, without its end. Of one that is neither a
// message nor an outage, a state or what is missing, the entry has only its time. A line
// that has no time is one of a message all the same.
func ParseLine(text []byte) (Entry, error) {
	p, err := parseLine(text)
	if !errors.Is(err, errNoTime) {
		return p.entry, err
	}
	if f, bad := jolt.ParseFrame(string(text)); bad == nil && f.Kind == jolt.FrameMessage {
		return Entry{Event: &jolt.Message{Topic: f.Topic, Data: f.Data}}, nil
	}
	return Entry{}, err
}

// parseLine parses a line without its line end. It may change text.
func parseLine(text []byte) (parsed, error) {
	if at, rest, ok := splitTime(text); ok {
		if m := parseMessage(at, rest); m != nil {
			return parsed{entry: Entry{At: at, Event: m}}, nil
		}
		rest[0] = ',' // as it was
	}
	return parseAny(text)
}

// parseMessage parses a message from the rest of a line after its time, which is a frame of
// the protocol; nil if that has not the usual shape.
func parseMessage(at time.Time, frame []byte) *jolt.Message {
	if bytes.HasPrefix(frame, []byte(typeHead)) {
		return nil
	}
	f, err := jolt.ParseFrame(string(frame))
	if err != nil || f.Kind != jolt.FrameMessage {
		return nil
	}
	return &jolt.Message{At: at, Topic: f.Topic, Data: f.Data}
}

// splitTime cuts the time off a line that begins with it, and makes the rest a JSON object,
// in place.
func splitTime(text []byte) (at time.Time, rest []byte, ok bool) {
	if !bytes.HasPrefix(text, []byte(messageHead)) {
		return at, nil, false
	}
	end := bytes.IndexByte(text[len(messageHead):], '"') + len(messageHead)
	if end < len(messageHead) || end+1 >= len(text) || text[end+1] != ',' {
		return at, nil, false
	}
	at, err := time.Parse(time.RFC3339Nano, string(text[len(messageHead):end]))
	if err != nil {
		return at, nil, false
	}
	rest = text[end+1:]
	rest[0] = '{'
	return at.Local(), rest, true
}

var (
	errNoTime = errors.New(`it has no "time" in RFC 3339, as 2026-01-02T12:01:02.5Z`)
	errNoKind = errors.New(`it is neither a message, with "topic" and "data", nor a line with a "type"`)
)

// parseAny parses a line whatever the order of its keys.
func parseAny(text []byte) (parsed, error) {
	f, err := jolt.ParseFrame(string(text))
	if err != nil { // a file has lines, and no frames
		return parsed{}, errors.New(strings.TrimPrefix(err.Error(), jolt.ErrMalformed.Error()+": "))
	}
	var l line
	if err := json.Unmarshal(text, &l); err != nil || l.Time.IsZero() {
		return parsed{}, errNoTime
	}
	l.Time = l.Time.Local()
	switch {
	case l.Type == "" && f.Kind == jolt.FrameMessage:
		return parsed{entry: Entry{At: l.Time, Event: &jolt.Message{At: l.Time, Topic: f.Topic, Data: f.Data}}}, nil
	case l.Type == "":
		return parsed{}, errNoKind
	}
	return l.parsed()
}

func (l *line) parsed() (parsed, error) {
	p := parsed{kind: l.Type, entry: Entry{At: l.Time}}
	switch l.Type {
	case typeHeader:
		if l.Version != version {
			return p, fmt.Errorf("it begins a recording of version %d, and this joltui reads version %d", l.Version, version)
		}
		p.header = header{Started: known(l.Started), Part: l.Part, What: l.What}
	case typeState:
		state, ok := parseState(l.State)
		if !ok {
			return p, fmt.Errorf("%q is no state", l.State)
		}
		p.entry.Event = &jolt.StateChange{
			At: l.Time, State: state, Addr: l.Addr, Attempt: l.Attempt, Topics: l.Topics,
			Cause: causeOf(l.Cause), Since: known(l.Since), RetryAt: known(l.Retry),
		}
	case typeGap:
		p.entry.Event = &jolt.Gap{From: known(l.From), To: l.Time, Cause: causeOf(l.Cause)}
	case typeMissing:
		p.entry.Missing = Missing{l.Messages, l.Bytes}
	}
	return p, nil
}

func parseState(name string) (jolt.State, bool) {
	for s := jolt.Connecting; s <= jolt.Closed; s++ {
		if s.String() == name {
			return s, true
		}
	}
	return 0, false
}
