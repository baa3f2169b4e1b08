package human

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"
	"testing"

	"joltui/jolt"
)

// What is advised fits what went wrong.
func TestRemedy(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{syscall.ECONNREFUSED, "start a broker"},
		{&net.DNSError{IsNotFound: true, Name: "x"}, "check --host"},
		{context.DeadlineExceeded, "--connect-timeout"},
		{jolt.ErrDeadPeer, "--connect-timeout"},
		{&jolt.ForeignError{Protocol: "TLS"}, "say --tls"},
		{&jolt.ForeignError{Protocol: "HTTP"}, "check --host and --port"},
		{jolt.ErrOutOfStep, "is it a Jolt broker"},
		{x509.UnknownAuthorityError{}, "--tls-ca"},
		{x509.HostnameError{Certificate: &x509.Certificate{}, Host: "x"}, "--tls-server-name"},
		{x509.CertificateInvalidError{Reason: x509.Expired}, "clock"},
		{tls.RecordHeaderError{}, "leave out --tls"},
		{&net.OpError{Op: "remote error", Err: errors.New("tls: certificate required")}, "--tls-cert"},
		{&jolt.BrokerError{Text: "bad_request: this broker speaks TLS only: connect with TLS"}, "say --tls"},
		{&jolt.RejectedError{Op: jolt.OpSubscribe, Text: "auth_required: log in first"}, "--user"},
	} {
		got := Remedy(fmt.Errorf("jolt: connect: %w", tt.err))
		if !strings.Contains(got, tt.want) || tt.want != "start a broker" && strings.Contains(got, "start a broker") {
			t.Errorf("%v: %q, want %q", tt.err, got, tt.want)
		}
	}
}
