package jolt

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// Errors that an operation or the codec can return, always wrapped with what
// they are about. Test for them with [errors.Is].
var (
	// ErrMalformed: a line is not a frame. What wraps it says what is wrong.
	ErrMalformed = errors.New("jolt: malformed frame")
	// ErrUnknownOp: a request asks for an operation that the protocol lacks.
	ErrUnknownOp = errors.New("jolt: unknown op")
	// ErrInvalidUTF8: a string cannot be sent, because JSON is UTF-8.
	ErrInvalidUTF8 = errors.New("jolt: text is not valid UTF-8")
	// ErrLineTooLong: a line exceeds [Config.MaxLine] and was skipped.
	ErrLineTooLong = errors.New("jolt: line too long")
	// ErrBadTopic: the topic is empty. Brokers refuse it, so it is not sent.
	ErrBadTopic = errors.New("jolt: the topic is empty")
	// ErrBadConfig: a field of [Config] has a value that cannot work.
	ErrBadConfig = errors.New("jolt: bad configuration")
	// ErrNotConnected: there is no connection, so nothing was sent. The client
	// may be between two attempts.
	ErrNotConnected = errors.New("jolt: not connected")
	// ErrClosed: [Client.Close] was called, or a client that does not
	// reconnect has ended. Nothing was sent.
	ErrClosed = errors.New("jolt: client closed")
	// ErrInHandler: an operation was called in [Config.Handler], or another function that
	// the client calls, and would have waited there for ever: the client reads on only
	// when that returns. Nothing was sent. [Client.Start] does not wait, and works there.
	ErrInHandler = errors.New("jolt: called in a handler, which the client waits for: use Start there, or another goroutine")
	// ErrUnknownOutcome: the request was sent, or may have been, and its reply
	// will never be known. It is never sent again.
	ErrUnknownOutcome = errors.New("jolt: outcome unknown")
	// ErrNoReply: the broker did not answer within [Config.ReplyTimeout], or took
	// no request for as long, so replies can no longer be matched to requests and
	// the connection was dropped.
	ErrNoReply = errors.New("jolt: no reply in time")
	// ErrDeadPeer: nothing came from the peer within [Config.IdleTimeout], and not
	// even the reply to a ping within [Config.PingTimeout] after that.
	ErrDeadPeer = errors.New("jolt: peer does not respond")
	// ErrFellBehind: the connection ended, without a word from the broker, after this
	// program had not read what came for more than a second: [Config.Handler] took too
	// long, or the process was stopped, or the machine slept. It wraps how it ended.
	ErrFellBehind = errors.New("jolt: this program was too slow or stopped")
	// ErrUnsafeAuth: the password would cross the network in clear. See
	// [Config.InsecurePlaintextAuth].
	ErrUnsafeAuth = errors.New("jolt: password not sent in clear beyond loopback")
	// ErrOutOfStep: a line that could not be read may have been a reply (one with a topic
	// and data was none), or there
	// was a reply too many, so replies can no longer be matched to requests and the
	// connection was dropped.
	ErrOutOfStep = errors.New("jolt: replies can no longer be matched to requests")
)

// RejectedError is the broker's refusal of a request, in the broker's words. Get at
// it with [errors.As].
type RejectedError struct {
	Op    Op
	Topic string // of the request; empty for auth and ping
	Text  string // as the broker sent it; untrusted
}

// Error implements error. The text comes from the network: it is quoted where it
// holds anything that is not printable, and cut where it names a password.
func (e *RejectedError) Error() string {
	text := quoted(e.Text)
	if e.Topic == "" {
		return fmt.Sprintf("jolt: %s rejected: %s", e.Op, text)
	}
	return fmt.Sprintf("jolt: %s %q rejected: %s", e.Op, e.Topic, text)
}

// Code returns what stands before the first colon of the broker's text: the
// codes below, where the broker uses them.
func (e *RejectedError) Code() string { return code(e.Text) }

func code(text string) string {
	code, _, _ := strings.Cut(text, ":")
	return strings.TrimSpace(code)
}

// UnplacedError is a refusal that answers one of several requests that were sent
// together, and nobody can tell which: the broker has left a reply out. It is wrapped in
// the Err of all of them, whose outcome is [Unknown]. See [Config.Window].
type UnplacedError struct {
	Text  string // as the broker sent it; untrusted
	Among int    // how many requests it may be about
}

// Error implements error, as that of [RejectedError] does.
func (e *UnplacedError) Error() string {
	return fmt.Sprintf("jolt: one of %d requests was rejected, and it cannot be told which: %s", e.Among, quoted(e.Text))
}

// BrokerError is why the broker ended a connection, in its own words: an error
// frame that answers no request. It is the Cause of a [StateChange] and a [Gap], and
// wrapped in the Err of requests that it leaves without an outcome.
type BrokerError struct {
	Text string // as the broker sent it; untrusted
}

// Error implements error, as that of [RejectedError] does.
func (e *BrokerError) Error() string {
	return "jolt: the broker ended the connection: " + quoted(e.Text)
}

// quoted makes the broker's words fit for an error, which ends up in logs. What
// follows a password's key goes: of words nobody knows whether they are valid JSON.
func quoted(text string) string {
	text = MaskPasswords(text, true)
	if strings.IndexFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) >= 0 {
		return fmt.Sprintf("%q", text)
	}
	return text
}

// Codes that begin the error text of joltui's own broker, as "code:
// explanation". The protocol names no list: other brokers may use other words.
const (
	CodeAuthRequired       = "auth_required"
	CodeAuthFailed         = "auth_failed"
	CodeForbidden          = "forbidden"
	CodeBadRequest         = "bad_request"
	CodeUnknownOp          = "unknown_op"
	CodeBadTopic           = "bad_topic"
	CodeUnknownTopic       = "unknown_topic"
	CodeTooLarge           = "too_large"
	CodeTooManyConnections = "too_many_connections"
	CodeShuttingDown       = "shutting_down"
	CodeSlowConsumer       = "slow_consumer"
	CodeTooManyTopics      = "too_many_topics" // of one connection
	CodeIdleTimeout        = "idle_timeout"    // nothing came from the client for too long
	CodeDisconnected       = "disconnected"    // an admin of the broker has ended the connection
	CodeBusy               = "busy"            // not now: the same request may be accepted later
	CodeUnavailable        = "unavailable"     // what the broker shares messages through is out of reach; nothing was done
	CodeInterrupted        = "interrupted"     // messages are missing for this connection, which ends
)

func malformed(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrMalformed, fmt.Sprintf(format, args...))
}
