package human

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strings"
	"syscall"

	"joltui/jolt"
)

// Remedy says what the user of a command can do about a connection that failed, in
// words that follow a colon. It is empty where nothing is known to help.
func Remedy(err error) string {
	if words := tlsRemedy(err); words != "" {
		return words
	}
	var rejected *jolt.RejectedError
	var goodbye *jolt.BrokerError
	var dns *net.DNSError
	var timeout net.Error
	var foreign *jolt.ForeignError
	switch {
	case errors.As(err, &foreign) && foreign.Protocol == "TLS":
		return "say --tls, or check --port"
	case errors.As(err, &rejected):
		return refusedRemedy(rejected.Text)
	case errors.As(err, &goodbye):
		return refusedRemedy(goodbye.Text)
	case errors.Is(err, syscall.ECONNREFUSED):
		return "start a broker with joltui broker, or check --host and --port"
	case errors.As(err, &dns):
		return "check --host"
	case errors.Is(err, jolt.ErrOutOfStep):
		return "check --port: is it a Jolt broker that answers there?"
	case errors.Is(err, jolt.ErrDeadPeer), errors.Is(err, jolt.ErrNoReply), errors.Is(err, context.DeadlineExceeded),
		errors.As(err, &timeout) && timeout.Timeout():
		return "check --host and --port, or allow more time with --connect-timeout"
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "check the network, and --host"
	}
	return "check --host and --port"
}

// refusedRemedy is for what a broker says.
func refusedRemedy(text string) string {
	switch {
	case strings.Contains(text, "connect with TLS"):
		return "say --tls"
	case strings.HasPrefix(text, jolt.CodeAuthRequired):
		return "say who you are with --user"
	}
	return ""
}

func tlsRemedy(err error) string {
	var notTLS tls.RecordHeaderError
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var op *net.OpError
	switch {
	case errors.As(err, &notTLS):
		return "leave out --tls, or check --port"
	case errors.As(err, &authority):
		return "name the authority's certificate with --tls-ca"
	case errors.As(err, &host):
		return "check --host, or say the certificate's name with --tls-server-name"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "renew the certificate, or set the clock of this machine"
	case errors.As(err, &op) && op.Op == "remote error" && strings.Contains(op.Err.Error(), "certificate"):
		return "show the broker one that it accepts with --tls-cert and --tls-key"
	}
	return ""
}
