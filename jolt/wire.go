package jolt

import (
	"fmt"
	"unicode/utf8"
)

// DefaultMaxLine is the longest line a client accepts by default, in bytes
// without the line end. The protocol itself names no limit.
const DefaultMaxLine = 16 << 20

// Op is the operation that a request asks for.
type Op uint8

// The operations of the protocol. The zero Op is none of them.
const (
	OpAuth        Op = iota + 1 // log in with User and Pass
	OpSubscribe                 // get the messages of Topic from now on
	OpUnsubscribe               // get them no longer
	OpPublish                   // send Data to the subscribers of Topic
	OpPing                      // be answered
)

// String returns the name of the operation on the wire.
func (o Op) String() string {
	switch o {
	case OpAuth:
		return "auth"
	case OpSubscribe:
		return "sub"
	case OpUnsubscribe:
		return "unsub"
	case OpPublish:
		return "pub"
	case OpPing:
		return "ping"
	default:
		return fmt.Sprintf("Op(%d)", uint8(o))
	}
}

func parseOp(name string) (Op, bool) {
	for op := OpAuth; op <= OpPing; op++ {
		if op.String() == name {
			return op, true
		}
	}
	return 0, false
}

// Request is a frame from a client to a broker. Fields that are not of its Op are
// ignored.
type Request struct {
	Op    Op
	Topic string // sub, unsub, pub
	Data  string // pub
	User  string // auth
	Pass  string // auth; empty in every [Event], and never printed

	// Ref is the caller's own mark. It is not sent, and comes back unchanged
	// in the [Reply], so that a caller of [Client.Do] knows its requests again.
	Ref uint64
	// Auto says that the client itself made the request: to authenticate or
	// resubscribe after a reconnect, or to find out whether the peer lives.
	Auto bool
}

// String describes r for a log. It shows neither the password nor the data.
func (r Request) String() string {
	switch r.Op {
	case OpPing:
		return "ping"
	case OpAuth:
		return fmt.Sprintf("auth %q", r.User)
	default:
		return fmt.Sprintf("%s %q", r.Op, r.Topic)
	}
}

// GoString keeps the password out of %#v.
func (r Request) GoString() string { return "jolt.Request{" + r.String() + "}" }

// FrameKind tells the frames that a broker sends apart.
type FrameKind uint8

// The kinds of frame. A frame with both topic and data is a message, whatever
// else it has; otherwise ok decides; without it an error that is a text or an object
// is one; anything else is unknown.
const (
	FrameUnknown FrameKind = iota
	FrameMessage           // [Message]
	FrameAck               // a reply that accepts
	FrameError             // a reply that refuses
)

// String names the kind.
func (k FrameKind) String() string {
	return [...]string{"unknown", "message", "ack", "error"}[k&3]
}

// Frame is a frame from a broker to a client.
type Frame struct {
	Kind  FrameKind
	Topic string // of a message
	// Data is the payload of a message. A payload that is not a JSON string is
	// its raw JSON text.
	Data string
	// Error is the text of an error reply, "unknown error" where the broker
	// gave none.
	Error string
}

const unknownError = "unknown error"

// AppendRequest appends r to dst as one line, LF included, keys in the order
// in which the protocol's documentation has them. It fails with [ErrUnknownOp]
// or [ErrInvalidUTF8] and then returns dst as it was.
func AppendRequest(dst []byte, r Request) ([]byte, error) {
	if err := r.encodable(); err != nil {
		return dst, err
	}
	return appendChecked(dst, r), nil
}

// encodable reports why r cannot be put on the wire.
func (r Request) encodable() error {
	if r.Op < OpAuth || r.Op > OpPing {
		return fmt.Errorf("%w: %s", ErrUnknownOp, r.Op)
	}
	if !utf8.ValidString(r.Topic) || !utf8.ValidString(r.Data) ||
		!utf8.ValidString(r.User) || !utf8.ValidString(r.Pass) {
		return fmt.Errorf("%w: JSON cannot carry it", ErrInvalidUTF8)
	}
	return nil
}

// appendChecked appends a request that is encodable.
func appendChecked(dst []byte, r Request) []byte {
	switch r.Op {
	case OpAuth:
		dst = append(dst, `{"op":"auth","user":`...)
		dst = appendValid(dst, r.User)
		dst = append(dst, `,"pass":`...)
		dst = appendValid(dst, r.Pass)
	case OpSubscribe, OpUnsubscribe:
		dst = append(dst, `{"op":"`...)
		dst = append(dst, r.Op.String()...)
		dst = append(dst, `","topic":`...)
		dst = appendValid(dst, r.Topic)
	case OpPublish:
		dst = append(dst, `{"op":"pub","topic":`...)
		dst = appendValid(dst, r.Topic)
		dst = append(dst, `,"data":`...)
		dst = appendValid(dst, r.Data)
	case OpPing:
		dst = append(dst, `{"op":"ping"`...)
	}
	return append(dst, "}\n"...)
}

// AppendMessage appends a message frame to dst as one line, LF included.
// Invalid UTF-8 becomes U+FFFD; strings that [ParseRequest] returned have none.
func AppendMessage(dst []byte, topic, data string) []byte {
	dst = append(dst, `{"topic":`...)
	dst = appendString(dst, topic)
	dst = append(dst, `,"data":`...)
	dst = appendString(dst, data)
	return append(dst, "}\n"...)
}

// AppendAck appends the reply that accepts a request, LF included.
func AppendAck(dst []byte) []byte { return append(dst, "{\"ok\":true}\n"...) }

// AppendError appends the reply that refuses a request, LF included. Invalid UTF-8
// becomes U+FFFD.
func AppendError(dst []byte, text string) []byte {
	dst = append(dst, `{"ok":false,"error":`...)
	dst = appendString(dst, text)
	return append(dst, "}\n"...)
}

// ParseRequest decodes one line, without its line end, as a broker reads it.
// It is strict: the line must be one JSON object in valid UTF-8, no key may
// come twice, keys are case-sensitive, op and its fields must be strings, and none
// may have half a surrogate pair.
// Further keys are allowed and ignored, up to 4,096 in all. It accepts an empty
// topic; whether a topic will do is the broker's decision. It knows no limit of
// length; whoever reads the line has one. Strings of the request are substrings of
// line where nothing was escaped.
//
// Errors wrap [ErrMalformed] or, for an op that the protocol does not have,
// [ErrUnknownOp].
func ParseRequest(line string) (Request, error) {
	var r Request
	var f object
	if err := f.scan(source{s: line}); err != nil {
		return r, err
	}
	name, err := f.text("op", "")
	if err != nil {
		return r, err
	}
	op, ok := parseOp(name)
	if !ok {
		return r, fmt.Errorf("%w %q", ErrUnknownOp, name)
	}
	r.Op = op
	switch op {
	case OpAuth:
		if r.User, err = f.text("user", name); err == nil {
			r.Pass, err = f.text("pass", name)
		}
	case OpSubscribe, OpUnsubscribe:
		r.Topic, err = f.text("topic", name)
	case OpPublish:
		if r.Topic, err = f.text("topic", name); err == nil {
			r.Data, err = f.text("data", name)
		}
	}
	return r, err
}

// ParseFrame decodes one line, without its line end, as a client reads it. The
// strings of the frame are substrings of line where nothing was escaped, and
// strings of their own where something was.
//
// Errors wrap [ErrMalformed]: the line is not one JSON object in valid UTF-8,
// or a key comes twice. An object that fits no kind is [FrameUnknown] and no
// error. Further keys are allowed in every frame, up to 4,096 in all. Half a surrogate
// pair, such as \ud83d in a text that was cut within an emoji, stays as it is escaped.
func ParseFrame(line string) (Frame, error) {
	var d decoder
	return d.frame(line)
}

// scanFrame decodes a frame of any shape.
func scanFrame(line string) (Frame, error) {
	var f object
	if err := f.scan(source{line, true}); err != nil {
		return Frame{}, err
	}
	topic, data := f.get("topic"), f.get("data")
	if topic.kind == stringValue && data.kind != noValue {
		return Frame{Kind: FrameMessage, Topic: topic.text, Data: data.text}, nil
	}
	text := f.get("error")
	switch f.get("ok").kind {
	case trueValue:
		return Frame{Kind: FrameAck}, nil
	case falseValue:
		if text.kind == nullValue || text.text == "" {
			text.text = unknownError
		}
		return Frame{Kind: FrameError, Error: text.text}, nil
	case noValue:
		if text.saysSomething() {
			return Frame{Kind: FrameError, Error: text.text}, nil
		}
	}
	return Frame{Kind: FrameUnknown}, nil
}

// saysSomething tells an error that is one also where there is no ok from a null, an
// empty text or a number, with which a broker may say that there was none.
func (v value) saysSomething() bool {
	return v.kind == stringValue && v.text != "" || v.kind == otherValue && v.text[0] == '{'
}

// withoutCR returns the length of a line without the CR of a CRLF.
func withoutCR[T string | []byte](line T) int {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		return n - 1
	}
	return len(line)
}

// blank reports whether a line is nothing but white space.
func blank(line string) bool {
	for i := 0; i < len(line); i++ {
		if c := line[i]; c != ' ' && c != '\t' && c != '\r' {
			return false
		}
	}
	return true
}
