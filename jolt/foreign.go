package jolt

import (
	"bytes"
	"strings"
	"time"
)

// ForeignError says that what answers at the address speaks another protocol than Jolt, as
// its first bytes tell. It is the Cause of a [StateChange], and wraps [ErrMalformed].
type ForeignError struct {
	Protocol string // such as "HTTP" or "TLS"
}

// Error implements error.
func (e *ForeignError) Error() string {
	return "jolt: what answers there speaks " + e.Protocol + ", not Jolt"
}

// Unwrap returns [ErrMalformed].
func (e *ForeignError) Unwrap() error { return ErrMalformed }

// openings are how servers of other protocols begin: of themselves, or when they are asked
// something in Jolt. None of them can begin a frame.
func openings() [][2]string {
	return [][2]string{
		{"HTTP/", "HTTP"},
		{"<html", "HTTP"}, {"<HTML", "HTTP"}, {"<!doctype", "HTTP"}, {"<!DOCTYPE", "HTTP"}, // to a request without a version
		{"\x15\x03", "TLS"}, // an alert
		{"SSH-", "SSH"},
		{"220 ", "SMTP or FTP"}, {"220-", "SMTP or FTP"},
		{"-ERR ", "Redis"}, {"-NOAUTH ", "Redis"}, {"-DENIED ", "Redis"},
		{"INFO {", "NATS"},
		{"AMQP", "AMQP"},
	}
}

// foreign names the protocol of a server that begins with head. It is sure where more bytes
// would tell nothing else.
func foreign(head string) (protocol string, sure bool) {
	sure = true
	for _, o := range openings() {
		switch {
		case strings.HasPrefix(head, o[0]):
			return o[1], true
		case strings.HasPrefix(o[0], head):
			sure = false
		}
	}
	return "", sure
}

// greet looks at how a connection begins. One that is of another protocol is given up, and
// nothing more of it is read: each of its lines would be another error about the same.
func (s *session) greet(now time.Time) {
	head := s.lines.unread()
	protocol, sure := foreign(view(head[:min(len(head), headSize)]))
	s.greeted = sure
	if protocol == "" {
		return
	}
	s.broken = &ForeignError{Protocol: protocol}
	line, _, _ := bytes.Cut(head, []byte("\n"))
	line = line[:withoutCR(line)]
	bad := &BadLine{At: now, Raw: string(line[:min(len(line), headSize)]), Size: len(line), Err: s.broken}
	s.traceBad(bad)
	s.emit(bad)
	s.flush()
}
