package jolt

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// What a line means: which event it is, and which request it answers.

// line turns one line, which may be a view, into an event.
func (s *session) line(now time.Time, line string, size int) {
	if size > s.client.cfg.MaxLine {
		err := fmt.Errorf("%w: %d bytes, the limit is %d", ErrLineTooLong, size, s.client.cfg.MaxLine)
		s.bad(&BadLine{At: now, Raw: kept(line), Size: size, Err: err})
		return
	}
	if topic, data, ok := s.frames.message(line); ok { // most are, and a Frame is large
		s.usual(now, topic, data, line)
		return
	}
	s.other(now, line)
}

// other turns a line that is no message, or of a most unusual shape, into an event.
func (s *session) other(now time.Time, line string) {
	f, line, err := s.frames.otherFrame(line)
	if err != nil {
		s.bad(&BadLine{At: now, Raw: line, Size: len(line), Err: err})
		return
	}
	switch f.Kind {
	case FrameMessage:
		s.message(&Message{At: now, Topic: f.Topic, Data: f.Data, Verbatim: line}, len(line))
	case FrameAck, FrameError:
		s.reply(now, f, line)
	case FrameUnknown:
		s.traceFrame(now, f, line, nil)
		s.emit(&UnknownFrame{At: now, Raw: line})
	}
}

// usual emits a message that the decoder has read. One whose line has memory to itself has
// its own to itself as well: a slab would pin a long payload for the sake of a short one.
func (s *session) usual(now time.Time, topic, data, line string) {
	var m *Message
	if s.frames.view {
		m = s.slab.next()
	} else {
		m = new(Message)
		topic = strings.Clone(topic) // or it would pin the line of a payload that was decoded
	}
	m.At, m.Topic, m.Data, m.Spaced = now, topic, data, s.frames.spaced
	if s.frames.other {
		m.Verbatim = s.frames.wholeLine(line)
	}
	s.message(m, len(line))
}

func (s *session) message(m *Message, size int) {
	if s.client.cfg.Trace != nil { // asked here, the call is not paid for by those who do not trace
		s.traceMessage(m, size)
	}
	s.emit(m)
}

// bad reports a line that could not be read. Unless it is plainly a message, it may have
// been a reply: with requests waiting, the next reply would go to the wrong one.
func (s *session) bad(e *BadLine) {
	s.traceBad(e)
	s.emit(e)
	if _, owed := s.calls.owed(); owed && s.broken == nil && !isMessage(e.Raw) {
		s.broken = fmt.Errorf("%w: %w", ErrOutOfStep, e.Err)
	}
}

// reply gives a reply to the request that has waited longest, and settles the
// window when that was the last one.
func (s *session) reply(now time.Time, f Frame, raw string) {
	var c *call
	var last bool
	if s.broken == nil && !farewell(f) {
		c, last = s.calls.answer(now)
	}
	if c != nil {
		s.socket.answered(c.reply.Sent, now)
	}
	s.traceFrame(now, f, raw, c)
	if c == nil {
		s.unsolicited(now, f, raw)
		return
	}
	switch {
	case f.Kind == FrameAck:
		c.conclude(now, Acknowledged, nil, raw)
	default:
		r := &c.reply.Request
		c.conclude(now, Rejected, &RejectedError{Op: r.Op, Topic: r.Topic, Text: f.Error}, raw)
	}
	if last {
		s.settleWindow(s.calls.complete())
	}
}

func (s *session) settleWindow(window []*call) {
	if s.ambiguous(window) {
		s.calls.again(window)
		return
	}
	for _, c := range window {
		s.settle(c)
	}
}

// unsolicited reports a reply that answers nothing. An error is taken for the
// broker's last words. After any other, one of two replies to the same request
// may have been taken for the reply to the next.
func (s *session) unsolicited(now time.Time, f Frame, raw string) {
	s.emit(&Unsolicited{At: now, OK: f.Kind == FrameAck, Err: f.Error, Raw: raw})
	switch {
	case s.broken != nil:
	case f.Kind == FrameError:
		s.broken = &BrokerError{Text: f.Error}
	default:
		s.broken = fmt.Errorf("%w: there was one more than there were requests", ErrOutOfStep)
	}
}

// farewell tells the errors that are about the connection and no request.
func farewell(f Frame) bool {
	if f.Kind != FrameError {
		return false
	}
	switch code(f.Error) {
	case CodeShuttingDown, CodeSlowConsumer, CodeTooManyConnections, CodeIdleTimeout, CodeDisconnected, CodeInterrupted:
		return true
	}
	return false
}

// settle hands over the final outcome of a call.
func (s *session) settle(c *call) {
	s.client.learn(c)
	s.emit(&c.reply)
	invoke(c.then, &c.reply)
	s.ended = append(s.ended, c)
}

// end gives every call that is left its outcome. Replies that came before the
// connection ended count, as far as they can be told apart.
func (s *session) end(cause error) {
	sent, answered, queued := s.calls.end()
	s.client.down(s, s.socket.until(cause), cause)
	now := time.Now()
	unknown := fmt.Errorf("%w: %w", ErrUnknownOutcome, cause)
	if !s.inOrder(cause) {
		if refused := firstRefusal(sent[:answered]); refused != nil {
			unknown = fmt.Errorf("%w: %w: %w", ErrUnknownOutcome, &UnplacedError{Text: refused.Text, Among: len(sent)}, cause)
		}
		answered = 0
	}
	for _, c := range sent[answered:] {
		c.conclude(now, Unknown, unknown, "")
	}
	for _, c := range queued {
		c.conclude(now, NotSent, fmt.Errorf("%w: %w", ErrNotConnected, cause), "")
	}
	for _, c := range slices.Concat(sent, queued) {
		s.settle(c)
	}
	s.flush()
}

// inOrder reports whether the replies to a window that was not answered as a whole
// belong to its first requests. Where the connection has ended, the others are missing.
// Where the broker goes on talking and owes a reply, it has left one out, and that may be
// any of them. Subscriptions that are asked for again are not told apart; see ambiguous.
func (s *session) inOrder(cause error) bool {
	leftOut := errors.Is(cause, ErrNoReply) && !s.stalled.Load()
	return s.up && !leftOut
}

// firstRefusal returns the first rejection among calls, or nil.
func firstRefusal(calls []*call) *RejectedError {
	for _, c := range calls {
		var refused *RejectedError
		if errors.As(c.reply.Err, &refused) {
			return refused
		}
	}
	return nil
}
