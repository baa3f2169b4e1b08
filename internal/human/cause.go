package human

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"

	"joltui/internal/printable"
	"joltui/jolt"
)

// Cause says in plain words why a connection or a request failed. The
// result is printable and has no package prefix; nil gives no text.
func Cause(err error) string {
	var rejected *jolt.RejectedError
	var goodbye *jolt.BrokerError
	var unplaced *jolt.UnplacedError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &rejected):
		return printable.Line(rejected.Text)
	case errors.As(err, &goodbye):
		return printable.Line(goodbye.Text)
	case errors.As(err, &unplaced):
		return fmt.Sprintf("one of %s requests was refused, nobody can tell which: %s",
			Count(uint64(unplaced.Among)), printable.Line(unplaced.Text))
	}
	if words := clientCause(err); words != "" {
		return words
	}
	if words := tlsCause(err); words != "" {
		return words
	}
	if words := networkCause(err); words != "" {
		return words
	}
	// These two wrap why, where that is known.
	switch {
	case errors.Is(err, jolt.ErrNotConnected):
		return "not connected"
	case errors.Is(err, jolt.ErrClosed):
		return "client closed"
	}
	return printable.Line(strings.TrimPrefix(err.Error(), "jolt: "))
}

// clientCause words what the client itself found out. ErrUnknownOutcome is not
// here, because what it wraps says more.
func clientCause(err error) string {
	var foreign *jolt.ForeignError
	switch {
	case errors.As(err, &foreign):
		return "what answers there speaks " + foreign.Protocol + ", not Jolt"
	case errors.Is(err, jolt.ErrNoReply):
		return "no reply in time"
	case errors.Is(err, jolt.ErrDeadPeer):
		return "the broker stopped answering"
	case errors.Is(err, jolt.ErrFellBehind):
		return "this program was too slow or stopped"
	case errors.Is(err, jolt.ErrOutOfStep):
		return "replies could no longer be matched to requests"
	case errors.Is(err, jolt.ErrUnsafeAuth):
		return "the password would cross the network in clear: use TLS"
	case errors.Is(err, jolt.ErrBadTopic):
		return "the topic is empty"
	case errors.Is(err, jolt.ErrInvalidUTF8):
		return "the text is not valid UTF-8"
	}
	return ""
}

func networkCause(err error) string {
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return "connection refused"
	case errors.As(err, &dns) && dns.IsNotFound:
		return "no such host: " + printable.Line(dns.Name)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded),
		errors.As(err, &timeout) && timeout.Timeout():
		return "timed out"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "closed by the broker"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "connection reset"
	case errors.Is(err, syscall.EHOSTUNREACH):
		return "no route to host"
	case errors.Is(err, syscall.ENETUNREACH):
		return "network unreachable"
	case errors.Is(err, net.ErrClosed):
		return "connection closed"
	case errors.Is(err, context.Canceled):
		return "cancelled"
	}
	return ""
}

// tlsCause words what went wrong while two ends agreed on TLS.
func tlsCause(err error) string {
	var notTLS tls.RecordHeaderError
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var op *net.OpError
	switch {
	case errors.As(err, &notTLS):
		return "the broker does not speak TLS on this port"
	case errors.As(err, &authority):
		return "the broker's certificate is signed by an unknown authority"
	case errors.As(err, &host):
		return "the broker's certificate is for another host, not for " + printable.Line(host.Host)
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "the broker's certificate has expired, or is not valid yet"
	case errors.As(err, &op) && op.Op == "remote error": // an alert of RFC 8446, section 6
		return printable.Line("the broker refused TLS: " + strings.TrimPrefix(op.Err.Error(), "tls: "))
	}
	return ""
}
