package jolt

import "time"

// TraceLine is a line on the wire, as [Config.Trace] is told of it.
type TraceLine struct {
	// At is when the line was handed to the connection, or when the read that
	// completed it returned.
	At   time.Time
	Sent bool // to the broker; otherwise received
	// Line is the line as it is on the wire, without the line end; of one that is
	// too long, its first 256 bytes. The password of a login that is sent is ***,
	// however it is escaped; what a broker sends back is for [MaskPasswords]. It is
	// empty where Message has it; see Raw.
	Line string
	Size int // the line's length in bytes; of a login, with *** for the password
	// Message is the message that was received, or nil. It must not be changed.
	Message *Message
	// Frame is what was received. It says nothing where Err does.
	Frame Frame
	// Request is what was sent, or what a reply was taken to answer, without the
	// password; nil for what is no reply, or answers nothing. It must not be changed.
	Request *Request
	Err     error // why a line could not be read; wraps [ErrMalformed] or [ErrLineTooLong]
}

// Raw returns the line: Line, or that of the message.
func (l *TraceLine) Raw() string {
	if l.Message != nil {
		return l.Message.Raw()
	}
	return l.Line
}

// maskedPass is what a trace has in place of a password.
const maskedPass = "***"

// traceSent tells of requests that are about to be written, so that each comes
// before its reply.
func (s *session) traceSent(calls []*call) {
	if s.client.cfg.Trace == nil {
		return
	}
	now := time.Now()
	for _, c := range calls {
		r := c.reply.Request
		if r.Op == OpAuth {
			r.Pass = maskedPass
		}
		line := appendChecked(nil, r)
		line = line[:len(line)-1] // LF
		s.trace(TraceLine{At: now, Sent: true, Line: string(line), Size: len(line), Request: &c.reply.Request})
	}
}

// traceBad tells of a line that could not be read.
func (s *session) traceBad(e *BadLine) {
	if s.client.cfg.Trace != nil {
		s.trace(TraceLine{At: e.At, Line: e.Raw, Size: e.Size, Err: e.Err})
	}
}

// traceFrame tells of a line that was read. A reply answers c, if that is not nil.
func (s *session) traceFrame(now time.Time, f Frame, line string, c *call) {
	if s.client.cfg.Trace == nil {
		return
	}
	l := TraceLine{At: now, Line: line, Size: len(line), Frame: f}
	if c != nil {
		l.Request = &c.reply.Request
	}
	s.trace(l)
}

// trace tells of a line.
func (s *session) trace(l TraceLine) {
	s.client.events.callbacks.running.Add(1)
	defer s.client.events.callbacks.running.Add(-1)
	s.client.cfg.Trace(l)
}

// traceMessage tells of a message that was read.
func (s *session) traceMessage(m *Message, size int) {
	s.trace(TraceLine{
		At: m.At, Size: size, Message: m,
		Frame: Frame{Kind: FrameMessage, Topic: m.Topic, Data: m.Data},
	})
}
