package cli

import (
	"crypto/tls"
	"net"
	"strings"
	"testing"
	"time"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/internal/cli/clitest"
	"joltui/internal/cli/exit"
)

// startTLS runs a broker that shows a certificate, and asks for one of client if
// that is not nil. It returns its port.
func startTLS(t *testing.T, pair brokertest.Pair, client *brokertest.Authority) string {
	t.Helper()
	cfg := &tls.Config{Certificates: []tls.Certificate{pair.Certificate}}
	if client != nil {
		cfg.ClientAuth, cfg.ClientCAs = tls.RequireAndVerifyClientCert, client.Pool()
	}
	server := brokertest.StartBehind(t, broker.Config{}, func(ln net.Listener) net.Listener { return tls.NewListener(ln, cfg) })
	return clitest.PortOf(t, server.Addr)
}

func TestTLS(t *testing.T) {
	ours, theirs := brokertest.NewAuthority(t), brokertest.NewAuthority(t)
	later := time.Now().Add(time.Hour)
	good := ours.Issue("127.0.0.1", later)
	me := ours.Issue("me", later)
	stranger := theirs.Issue("me", later)

	plain := clitest.PortOf(t, brokertest.Start(t, broker.Config{}).Addr)
	encrypted := startTLS(t, good, nil)
	otherHost := startTLS(t, ours.Issue("broker.example", later), nil)
	expired := startTLS(t, ours.Issue("127.0.0.1", time.Now().Add(-time.Hour)), nil)
	mutual := startTLS(t, good, ours)
	for _, tt := range []struct {
		name  string
		args  []string
		code  int
		fails string
	}{
		{"trusted", []string{"--port", encrypted, "--tls-ca", ours.File}, exit.OK, ""},
		{"nobody trusts it", []string{"--port", encrypted, "--tls"}, exit.NoConnection, "signed by an unknown authority"},
		{"another authority", []string{"--port", encrypted, "--tls-ca", theirs.File}, exit.NoConnection, "signed by an unknown authority"},
		{"anything goes", []string{"--port", encrypted, "--tls-insecure"}, exit.OK, ""},
		{"another host", []string{"--port", otherHost, "--tls-ca", ours.File}, exit.NoConnection, "is for another host, not for 127.0.0.1"},
		{"the name it has", []string{"--port", otherHost, "--tls-ca", ours.File, "--tls-server-name", "broker.example"}, exit.OK, ""},
		{"expired", []string{"--port", expired, "--tls-ca", ours.File}, exit.NoConnection, "has expired, or is not valid yet"},
		{"no TLS there", []string{"--port", plain, "--tls-ca", ours.File, "--connect-timeout", "5s"}, exit.NoConnection, "does not speak TLS"},
		{"TLS there", []string{"--port", encrypted}, exit.Rejected, "this broker speaks TLS only: connect with TLS"},
		{"client certificate missing", []string{"--port", mutual, "--tls-ca", ours.File}, exit.NoConnection, "the broker refused TLS: certificate required"},
		{"client certificate of a stranger", []string{"--port", mutual, "--tls-ca", ours.File, "--tls-cert", stranger.CertFile, "--tls-key", stranger.KeyFile},
			exit.NoConnection, "the broker refused TLS: "},
		{"client certificate", []string{"--port", mutual, "--tls-ca", ours.File, "--tls-cert", me.CertFile, "--tls-key", me.KeyFile}, exit.OK, ""},
		{"half a pair", []string{"--tls-cert", me.CertFile}, exit.Usage, "--tls-cert and --tls-key go together"},
		{"no such file", []string{"--tls-ca", "/nowhere/ca.pem"}, exit.Usage, "/nowhere/ca.pem"},
		{"no certificate", []string{"--tls-ca", me.KeyFile}, exit.Usage, "holds no certificate in PEM form"},
		{"not its key", []string{"--tls-cert", me.CertFile, "--tls-key", stranger.KeyFile}, exit.Usage, "private key does not match"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, out, errs := run(t, "", nil, append([]string{"ping", "--count", "1"}, tt.args...)...)
			if code != tt.code || !strings.Contains(errs, tt.fails) || code == exit.OK != strings.Contains(out, "1 of 1 ping answered") {
				t.Errorf("%d, %q, %q; want %d, %q", code, out, errs, tt.code, tt.fails)
			}
		})
	}
}
