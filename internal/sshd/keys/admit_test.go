package keys

import (
	"crypto/rand"
	"crypto/rsa"
	"math/big"
	"net/netip"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

func TestFromAndExpiry(t *testing.T) {
	set := parse(t, `from="10.1.0.0/16,2001:db8::7",expiry-time="202603141300Z" `+public(t, 1)+" anna")
	for _, tt := range []struct {
		from string
		now  time.Time
		want string
	}{
		{"10.1.2.3", noon, ""},
		{"::ffff:10.1.2.3", noon, ""},
		{"2001:db8::7", noon, ""},
		{"2001:db8::7%eth0", noon, ""},
		{"10.2.0.1", noon, "the key of anna is not let in from 10.2.0.1"},
		{"2001:db8::8", noon, "the key of anna is not let in from 2001:db8::8"},
		{"", noon, "the key of anna is not let in from invalid IP"},
		{"10.1.2.3", noon.Add(time.Hour), "the key of anna has expired"},
	} {
		l := login(t, 1)
		l.From, _ = netip.ParseAddr(tt.from)
		l.Now = tt.now
		if _, err := set.Admit(l); text(err) != tt.want {
			t.Errorf("%s at %v: %v, want %s", tt.from, tt.now, err, tt.want)
		}
	}
}

func TestCertificates(t *testing.T) {
	const users, some = "cert-authority ", `cert-authority,principals="oncall,ops",publish `
	nothing := func(*ssh.Certificate) {}
	for name, tt := range map[string]struct {
		options string
		change  func(*ssh.Certificate)
		login   func(*Login)
		want    string
	}{
		"good":           {users, nothing, nil, ""},
		"by principals=": {some, nothing, func(l *Login) { l.User = "somebody" }, ""},
		"another user":   {users, nothing, func(l *Login) { l.User = "otto" }, `a certificate of team-ca: "otto" is none of its principals`},
		"no principal of the line": {some, func(c *ssh.Certificate) { c.ValidPrincipals = []string{"anna"} }, nil,
			"a certificate of team-ca: none of its principals is in principals="},
		"no principals": {users, func(c *ssh.Certificate) { c.ValidPrincipals = nil }, nil, "a certificate of team-ca: it names no principal"},
		"no principals, with principals=": {some, func(c *ssh.Certificate) { c.ValidPrincipals = nil }, nil,
			"a certificate of team-ca: it names no principal"},
		"of a host": {users, func(c *ssh.Certificate) { c.CertType = ssh.HostCert }, nil, "a certificate of team-ca: it is none for users"},
		"too early": {users, nothing, func(l *Login) { l.Now = noon.Add(-2 * time.Hour) }, "a certificate of team-ca: cert is not yet valid"},
		"too late":  {users, nothing, func(l *Login) { l.Now = noon.Add(time.Hour) }, "a certificate of team-ca: cert has expired"},
		"from there": {users, func(c *ssh.Certificate) {
			c.CriticalOptions = map[string]string{"source-address": "127.0.0.0/8,10.0.0.1"}
		}, nil, ""},
		"from elsewhere": {users, func(c *ssh.Certificate) {
			c.CriticalOptions = map[string]string{"source-address": "10.0.0.0/8"}
		}, nil, "a certificate of team-ca: it is not let in from 127.0.0.1"},
		"from nowhere": {users, func(c *ssh.Certificate) { c.CriticalOptions = map[string]string{"source-address": ""} }, nil,
			`a certificate of team-ca: source-address: "" is neither an address nor a network such as 10.0.0.0/8; names and * are not known here`},
		"forced command": {users, func(c *ssh.Certificate) { c.CriticalOptions = map[string]string{"force-command": "ls"} }, nil,
			`a certificate of team-ca: unsupported critical option "force-command" in certificate`},
		"from= of the line":             {`cert-authority,from="10.0.0.0/8" `, nothing, nil, "a certificate of team-ca: the key of team-ca is not let in from 127.0.0.1"},
		"expired line":                  {`cert-authority,expiry-time="20260101Z" `, nothing, nil, "a certificate of team-ca: the key of team-ca has expired"},
		"a plain key, not an authority": {"", nothing, nil, "the authority of the certificate is not in the file of keys"},
		"changed after it was signed": {users, nothing, func(l *Login) { l.Key.(*ssh.Certificate).ValidPrincipals = []string{"anna", "root"} },
			"a certificate of team-ca: certificate signature does not verify"},
	} {
		set := parse(t, tt.options+public(t, 9)+" team-ca")
		l := Login{User: "anna", Key: sign(t, tt.change), From: local, Now: noon}
		if tt.login != nil {
			tt.login(&l)
		}
		v, err := set.Admit(l)
		if text(err) != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
		if err == nil && (v.Name != "anna@example.com (team-ca)" || v.Certificate != "serial 7 of team-ca" ||
			!v.Grant.Until.Equal(noon.Add(time.Hour)) || v.Grant.Publish != (tt.options == some) ||
			v.Fingerprint != ssh.FingerprintSHA256(signer(t, 1).PublicKey())) {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

// The key of an authority is no key to log in with, and nobody is an authority unasked.
func TestAuthoritiesAreNoKeys(t *testing.T) {
	set := parse(t, "cert-authority "+public(t, 9)+" team-ca", public(t, 1)+" anna")
	if _, err := set.Admit(login(t, 9)); err != ErrUnknown {
		t.Errorf("the key of an authority: %v", err)
	}
	cert := &ssh.Certificate{Key: signer(t, 2).PublicKey(), CertType: ssh.UserCert, ValidPrincipals: []string{"anna"}, ValidBefore: ssh.CertTimeInfinity}
	if err := cert.SignCert(rand.Reader, signer(t, 1)); err != nil {
		t.Fatal(err)
	}
	l := login(t, 1)
	l.Key = cert
	if _, err := set.Admit(l); text(err) != "the authority of the certificate is not in the file of keys" {
		t.Errorf("a certificate signed by a viewer: %v", err)
	}
}

// What a certificate calls its owner is untrusted text.
func TestNamesOfCertificates(t *testing.T) {
	set := parse(t, "cert-authority "+public(t, 9)+" team-ca")
	for id, want := range map[string]string{
		"":           "anna (team-ca)",
		" ":          "anna (team-ca)",
		"a\x1b[31mb": `a\x1b[31mb (team-ca)`,
	} {
		l := login(t, 1)
		l.Key = sign(t, func(c *ssh.Certificate) { c.KeyId = id })
		if v, err := set.Admit(l); err != nil || v.Name != want {
			t.Errorf("%q: %q, %v, want %q", id, v.Name, err, want)
		}
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// What is too weak to log in with is too weak in a certificate, too.
func TestWeakCertificates(t *testing.T) {
	authority, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := ssh.NewSignerFromKey(authority)
	if err != nil {
		t.Fatal(err)
	}
	short, err := ssh.NewPublicKey(&rsa.PublicKey{N: new(big.Int).SetBit(big.NewInt(1), 1023, 1), E: 65537})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		algorithm string
		key       ssh.PublicKey
		want      string
	}{
		{ssh.KeyAlgoRSASHA256, signer(t, 1).PublicKey(), ""},
		{ssh.KeyAlgoRSA, signer(t, 1).PublicKey(), "a certificate of ca: it is signed with SHA-1: sign it with rsa-sha2-256 or rsa-sha2-512"},
		{ssh.KeyAlgoRSASHA512, short, "a certificate of ca: an RSA key of 1024 bits is too weak, 2048 are the least: make another one with ssh-keygen -t ed25519"},
	} {
		s, err := ssh.NewSignerWithAlgorithms(plain.(ssh.AlgorithmSigner), []string{tt.algorithm})
		if err != nil {
			t.Fatal(err)
		}
		cert := &ssh.Certificate{Key: tt.key, CertType: ssh.UserCert, ValidPrincipals: []string{"anna"}, ValidBefore: ssh.CertTimeInfinity}
		if err := cert.SignCert(rand.Reader, s); err != nil {
			t.Fatal(err)
		}
		set := parse(t, "cert-authority "+strings.TrimSpace(string(ssh.MarshalAuthorizedKey(plain.PublicKey())))+" ca")
		if _, err := set.Admit(Login{User: "anna", Key: cert, From: local, Now: noon}); text(err) != tt.want {
			t.Errorf("%s: %v, want %s", tt.algorithm, err, tt.want)
		}
	}
}
