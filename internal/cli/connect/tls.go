package connect

import (
	"crypto/tls"
	"crypto/x509"

	"github.com/spf13/pflag"

	"joltui/internal/bom"
	"joltui/internal/cli/arg"
	"joltui/internal/cli/exit"
)

// TLS has the flags that say whether and how a connection is encrypted. Brokers sit behind
// proxies that terminate TLS, or do so themselves.
type TLS struct {
	on         bool
	ca         string
	cert, key  string
	serverName string
	Insecure   bool // any certificate is accepted
}

func (t *TLS) flags(fs *pflag.FlagSet) {
	fs.BoolVar(&t.on, "tls", false, "connect over TLS, version 1.2 or later; any other --tls flag implies it")
	fs.Var((*arg.Path)(&t.ca), "tls-ca", "trust the certificate authorities in this PEM file, in place of the system's")
	fs.Var((*arg.Path)(&t.cert), "tls-cert", "show the broker the certificate in this PEM file; needs --tls-key")
	fs.Var((*arg.Path)(&t.key), "tls-key", "the private key of --tls-cert")
	fs.StringVar(&t.serverName, "tls-server-name", "", "the name that the broker's certificate must have, in place of --host")
	fs.BoolVar(&t.Insecure, "tls-insecure", false, "accept any certificate: whoever is in between can read and change everything")
}

// Enabled reports whether the connection is to be encrypted.
func (t *TLS) Enabled() bool {
	return t.on || t.Insecure || t.ca+t.cert+t.key+t.serverName != ""
}

// config returns what [tls.Client] needs; nil without TLS. says names what has given a
// flag its value.
func (t *TLS) config(says func(flag string) string) (*tls.Config, error) {
	if !t.Enabled() {
		return nil, nil
	}
	cfg := &tls.Config{MinVersion: tls.VersionTLS12, ServerName: t.serverName, InsecureSkipVerify: t.Insecure}
	if t.ca != "" {
		pem, err := bom.ReadFile(t.ca)
		if err != nil {
			return nil, exit.Usagef("%s: %w", says("tls-ca"), err)
		}
		cfg.RootCAs = x509.NewCertPool()
		if !cfg.RootCAs.AppendCertsFromPEM(pem) {
			return nil, exit.Usagef("%s: %s holds no certificate in PEM form", says("tls-ca"), t.ca)
		}
	}
	if (t.cert == "") != (t.key == "") {
		return nil, exit.Usagef("--tls-cert and --tls-key go together: give both")
	}
	if t.cert != "" {
		pair, err := bom.LoadX509KeyPair(t.cert, t.key)
		if err != nil {
			return nil, exit.Usagef("%s %s, %s %s: %w", says("tls-cert"), t.cert, says("tls-key"), t.key, err)
		}
		cfg.Certificates = []tls.Certificate{pair}
	}
	return cfg, nil
}
