package keys

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"net/netip"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

var (
	noon  = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)
	local = netip.MustParseAddr("127.0.0.1")
)

// signer returns the same key for the same seed.
func signer(t testing.TB, seed byte) ssh.Signer {
	t.Helper()
	s, err := ssh.NewSignerFromKey(ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// public returns a key as a line has it, without a comment.
func public(t testing.TB, seed byte) string {
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(signer(t, seed).PublicKey())))
}

func parse(t testing.TB, lines ...string) *Set {
	t.Helper()
	set, err := Parse("keys", []byte(strings.Join(lines, "\n")), nil)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// login is that of the key of a seed at noon.
func login(t testing.TB, seed byte) Login {
	return Login{User: "anna", Key: signer(t, seed).PublicKey(), From: local, Now: noon}
}

// sign has the key of seed 9, the authority of the tests, sign a certificate.
func sign(t testing.TB, change func(*ssh.Certificate)) *ssh.Certificate {
	t.Helper()
	cert := &ssh.Certificate{
		Key: signer(t, 1).PublicKey(), Serial: 7, CertType: ssh.UserCert, KeyId: "anna@example.com",
		ValidPrincipals: []string{"anna", "oncall"},
		ValidAfter:      uint64(noon.Add(-time.Hour).Unix()), ValidBefore: uint64(noon.Add(time.Hour).Unix()),
	}
	change(cert)
	if err := cert.SignCert(rand.Reader, signer(t, 9)); err != nil {
		t.Fatal(err)
	}
	return cert
}
