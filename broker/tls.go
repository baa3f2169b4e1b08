package broker

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"sync/atomic"
	"time"

	"joltui/internal/bom"
	"joltui/jolt"
)

// TLS names the PEM files of a broker that encrypts its connections, version
// 1.2 or later. They are read by [New] and again by [Broker.Reload].
type TLS struct {
	// Cert is the broker's certificate, followed by those between it and its
	// authority, and Key the private key.
	Cert, Key string
	// ClientCA, if not empty, holds the authorities of which each client has to
	// show a certificate.
	ClientCA string
}

// load reads the files.
func (t TLS) load() (*tls.Config, error) {
	pair, err := bom.LoadX509KeyPair(t.Cert, t.Key)
	if err != nil {
		return nil, fmt.Errorf(`"tls" with cert %s and key %s: %w`, t.Cert, t.Key, err)
	}
	cfg := &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair}}
	if t.ClientCA == "" {
		return cfg, nil
	}
	pem, err := bom.ReadFile(t.ClientCA)
	if err != nil {
		return nil, fmt.Errorf(`"client_ca": %w`, err)
	}
	cfg.ClientAuth, cfg.ClientCAs = tls.RequireAndVerifyClientCert, x509.NewCertPool()
	if !cfg.ClientCAs.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf(`"client_ca" %s holds no certificate in PEM form`, t.ClientCA)
	}
	// A resumed session would skip the check against authorities that have
	// changed since.
	cfg.SessionTicketsDisabled = true
	return cfg, nil
}

// certificates are what a broker shows and asks for. Connections that come in
// after a swap see the new ones.
type certificates struct {
	now   atomic.Pointer[tls.Config] // nil without TLS
	front *tls.Config                // one for all connections, so that a client can resume its session
}

func newCertificates(cfg *tls.Config) *certificates {
	c := new(certificates)
	c.now.Store(cfg)
	c.front = &tls.Config{
		GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) { return c.now.Load(), nil },
	}
	return c
}

// wrap makes a connection speak TLS, if the broker does. What it then writes to is
// returned too.
func (c *certificates) wrap(conn net.Conn, stall time.Duration) (net.Conn, *unbroken) {
	if c.now.Load() == nil {
		return conn, nil
	}
	u := &unbroken{Conn: conn, stall: stall}
	return tls.Server(u, c.front), u
}

// expires returns when the certificate ends; zero without TLS.
func (c *certificates) expires() time.Time {
	cfg := c.now.Load()
	if cfg == nil {
		return time.Time{}
	}
	return cfg.Certificates[0].Leaf.NotAfter
}

// handshake agrees on keys where the session is encrypted. A client that does
// not speak TLS is told so in clear, in words it understands.
func (s *session) handshake() error {
	secured, ok := s.conn.(*tls.Conn)
	if !ok {
		return nil
	}
	err := s.handshakeInTime(secured)
	if err != nil {
		s.b.handshakeFailures.Add(1)
	}
	var plain tls.RecordHeaderError
	if errors.As(err, &plain) && plain.Conn != nil {
		plain.Conn.SetDeadline(time.Now().Add(linger))
		plain.Conn.Write(refuse(jolt.CodeBadRequest, "this broker speaks TLS only: connect with TLS").frame())
		closeGently(plain.Conn, s.arrived.Conn)
	}
	return err
}

func (s *session) handshakeInTime(conn *tls.Conn) error {
	timeout := s.b.cfg.Limits.AuthTimeout
	late := time.AfterFunc(timeout, func() {
		s.stop(refuse(jolt.CodeBadRequest, "no TLS within %v", timeout))
	})
	defer late.Stop()
	return conn.Handshake()
}

// hangUp closes the socket itself: a TLS connection would first say goodbye, for
// 5 s if the peer does not read.
func hangUp(conn net.Conn) {
	if secured, ok := conn.(*tls.Conn); ok {
		conn = secured.NetConn()
	}
	conn.Close()
}
