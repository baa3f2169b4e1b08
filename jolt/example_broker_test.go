package jolt_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"log"
	"math/big"
	"net"
	"time"

	"joltui/broker"
)

// startBroker runs a broker for an example. Programs connect to one that runs
// elsewhere, by default at 127.0.0.1:8080.
func startBroker() (addr string, stop func()) {
	return serve(listen("127.0.0.1:0"), broker.Config{})
}

func listen(addr string) net.Listener {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		log.Fatal(err)
	}
	return ln
}

// serve runs a broker until stop is called.
func serve(ln net.Listener, cfg broker.Config) (addr string, stop func()) {
	b, err := broker.New(cfg)
	if err != nil {
		log.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		b.Serve(ctx, ln)
	}()
	return ln.Addr().String(), func() { cancel(); <-ended }
}

// certificate makes one that both ends of an example use, and what trusts it.
// Programs read theirs from files, with tls.LoadX509KeyPair.
func certificate() (tls.Certificate, *x509.CertPool) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		log.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		NotAfter:     time.Now().Add(time.Hour),
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		log.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		log.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}
