package sshd

import (
	//lint:ignore SA1019 old viewers may have such keys, which are refused
	"crypto/dsa"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/crypto/ssh"

	"joltui/internal/sshd/keys"
)

// Who may not log in is told nothing; the log says why.
func TestRefusedLogins(t *testing.T) {
	now := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // in a bubble
	file := line(t, `from="10.9.0.0/16" `, 1, "anna") + line(t, `expiry-time="19991231Z" `, 2, "otto") + line(t, "cert-authority ", 9, "team-ca")
	certificate := func(principals ...string) ssh.Signer {
		cert := &ssh.Certificate{Key: signer(t, 3).PublicKey(), CertType: ssh.UserCert, ValidPrincipals: principals,
			ValidBefore: uint64(now.Add(time.Hour).Unix())}
		if err := cert.SignCert(rand.Reader, signer(t, 9)); err != nil {
			t.Fatal(err)
		}
		s, err := ssh.NewCertSigner(cert, signer(t, 3))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	password := ssh.Password("secret")
	for name, tt := range map[string]struct {
		auth []ssh.AuthMethod
		why  string // empty: let in
	}{
		"stranger":               {[]ssh.AuthMethod{ssh.PublicKeys(signer(t, 5))}, "the key is not in the file of keys"},
		"from elsewhere":         {[]ssh.AuthMethod{ssh.PublicKeys(signer(t, 1))}, "the key of anna is not let in from 10.0.0.1"},
		"expired":                {[]ssh.AuthMethod{ssh.PublicKeys(signer(t, 2))}, "the key of otto has expired"},
		"no principal":           {[]ssh.AuthMethod{ssh.PublicKeys(certificate("root"))}, `a certificate of team-ca: "anna" is none of its principals`},
		"certificate":            {[]ssh.AuthMethod{ssh.PublicKeys(certificate("anna"))}, ""},
		"password":               {[]ssh.AuthMethod{password}, "no key was offered"},
		"nothing":                {nil, "no key was offered"},
		"password after a key":   {[]ssh.AuthMethod{ssh.PublicKeys(signer(t, 5)), password}, "the key is not in the file of keys"},
		"another key of several": {[]ssh.AuthMethod{ssh.PublicKeys(signer(t, 5), signer(t, 6), certificate("anna"))}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, Config{Handler: echo}, func(t *testing.T, r *rig) {
				r.keys.replace(t, file)
				c, err := r.tryWith(clientConfig(t, tt.auth...), home, 0)
				synctest.Wait()
				if tt.why == "" {
					if err != nil {
						t.Fatal(err)
					}
					if in := r.log.one(t, MsgLogin); in[AttrName] != "anna (team-ca)" || in[AttrCertificate] != "serial 0 of team-ca" || in[AttrUser] != "anna" {
						t.Error(in)
					}
					c.Close()
					return
				}
				if err == nil || strings.Contains(err.Error(), "anna is") {
					t.Error(err)
				}
				if no := r.log.one(t, MsgLoginFailed); no[AttrWhy] != tt.why || no[AttrAddress] != home+":40000" {
					t.Error(no)
				}
				if n := r.server.Stats(); n.LoginsFailed != 1 || n.LoggedIn != 0 || n.LoggingIn != 0 || n.Connections != 0 {
					t.Errorf("%+v", n)
				}
			})
		})
	}
}

// Each type of key that ssh-keygen makes works, but for those that are too weak.
func TestTypesOfKeys(t *testing.T) {
	curve := func(c elliptic.Curve) any {
		k, err := ecdsa.GenerateKey(c, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	modulus, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for name, key := range map[string]any{"P-256": curve(elliptic.P256()), "P-384": curve(elliptic.P384()), "P-521": curve(elliptic.P521()), "RSA": modulus} {
		bubble(t, Config{Handler: echo}, func(t *testing.T, r *rig) {
			s, err := ssh.NewSignerFromKey(key)
			if err != nil {
				t.Fatal(err)
			}
			r.keys.replace(t, strings.TrimSpace(string(ssh.MarshalAuthorizedKey(s.PublicKey())))+" anna")
			c, err := r.tryWith(clientConfig(t, ssh.PublicKeys(s)), home, 0)
			if err != nil {
				t.Fatal(name, err)
			}
			c.Close()
		})
	}
	t.Run("RSA with SHA-1", func(t *testing.T) { refusesSigner(t, sha1Signer(t, modulus)) })
	t.Run("DSA", func(t *testing.T) {
		var k dsa.PrivateKey
		if err := dsa.GenerateParameters(&k.Parameters, rand.Reader, dsa.L1024N160); err != nil {
			t.Fatal(err)
		}
		if err := dsa.GenerateKey(&k, rand.Reader); err != nil {
			t.Fatal(err)
		}
		s, err := ssh.NewSignerFromKey(&k)
		if err != nil {
			t.Fatal(err)
		}
		refusesSigner(t, s)
	})
}

// everybody lets every key in, so that only the type of a key can be what is refused.
type everybody struct{}

func (everybody) Admit(l keys.Login) (keys.Viewer, error) {
	return keys.Viewer{Name: "somebody", Fingerprint: fingerprintOf(l.Key)}, nil
}

func refusesSigner(t *testing.T, s ssh.Signer) {
	bubble(t, Config{Handler: echo, Keys: everybody{}}, func(t *testing.T, r *rig) {
		if c, err := r.tryWith(clientConfig(t, ssh.PublicKeys(s)), home, 0); err == nil {
			c.Close()
			t.Error("it was let in")
		}
	})
}

func sha1Signer(t *testing.T, key any) ssh.Signer {
	s, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	old, err := ssh.NewSignerWithAlgorithms(s.(ssh.AlgorithmSigner), []string{ssh.KeyAlgoRSA})
	if err != nil {
		t.Fatal(err)
	}
	return old
}

// People with many keys in their agent get in; who tries for ever does not.
func TestManyKeys(t *testing.T) {
	try := func(before int) (err error) {
		bubble(t, Config{Handler: echo}, func(t *testing.T, r *rig) {
			var all []ssh.Signer
			for n := range before {
				all = append(all, signer(t, byte(100+n)))
			}
			c, failed := r.tryWith(clientConfig(t, ssh.PublicKeys(append(all, signer(t, 1))...)), home, 0)
			if err = failed; err == nil {
				c.Close()
			}
		})
		return err
	}
	if err := try(19); err != nil {
		t.Error("the 20th key:", err)
	}
	if err := try(20); err == nil {
		t.Error("the 21st key was let in")
	}
}

// A login takes 20 s at most; a slow one does not keep others out.
func TestLoginTakesTooLong(t *testing.T) {
	bubble(t, Config{Handler: echo}, func(t *testing.T, r *rig) {
		nc := r.net.dial(home, 0)
		began := time.Now()
		fast := r.login(1)
		buf := make([]byte, 1<<10)
		for {
			if _, err := nc.Read(buf); err != nil {
				break
			}
		}
		if took := time.Since(began); took != 20*time.Second {
			t.Error("ended after", took)
		}
		synctest.Wait()
		if no := r.log.one(t, MsgLoginFailed); no[AttrWhy] != "no login within 20s" {
			t.Error(no)
		}
		fast.Close()
	})
}

// However many knock, 16 of an address and 64 in all are listened to, and who is in stays.
func TestManyConnectionsBeforeLogin(t *testing.T) {
	bubble(t, Config{Handler: echo}, func(t *testing.T, r *rig) {
		c := r.login(1)
		viewer := c.shell()
		synctest.Wait()
		for n := range 10_000 {
			r.net.dial(fmt.Sprintf("10.7.%d.%d", n%10, n%3), 0)
		}
		synctest.Wait()
		if n := r.server.Stats(); n.LoggingIn != 64 || n.TurnedAway != 10_000-64 {
			t.Errorf("%+v", n)
		}
		// One address alone leaves room for the others.
		time.Sleep(20 * time.Second)
		synctest.Wait()
		for range 1000 {
			r.net.dial("2001:db8::7", 0)
			r.net.dial("2001:db8::8", 0)
		}
		synctest.Wait()
		if n := r.server.Stats(); n.LoggingIn != 16 {
			t.Errorf("%d of one network", n.LoggingIn)
		}
		newcomer := r.login(2)
		viewer.Channel.Write([]byte("x"))
		synctest.Wait()
		if viewer.output() != "x" {
			t.Error("a viewer has lost the session")
		}
		if lines := len(r.log.records(t, MsgRefused)); lines > 31+30 { // a network each, and a minute later how many more
			t.Errorf("%d lines of the log", lines)
		}
		c.Close()
		newcomer.Close()
		time.Sleep(20 * time.Second)
	})
}

// What looks at the port and goes, or speaks something else, is a line each of the log.
func TestPortScan(t *testing.T) {
	for text, why := range map[string]string{
		"":                                  "it left before it had logged in",
		"SSH-2.0-scan\r\n":                  "it left before it had logged in",
		"GET / HTTP/1.1\r\n\r\n":            "it left before it had logged in",
		strings.Repeat("x", 300):            "overflow reading version string",
		"SSH-2.0-x\r\n\xff\xff\xff\xff\xff": "",
		"SSH-2.0-x\r\n" + strings.Repeat("\x00\x00\x01\x00\x04", 1000): "",
	} {
		bubble(t, Config{Handler: echo}, func(t *testing.T, r *rig) {
			c := r.login(1)
			nc := r.net.dial("10.6.6.6", 0)
			nc.Write([]byte(text))
			synctest.Wait()
			nc.Close()
			synctest.Wait()
			no := r.log.one(t, MsgLoginFailed)
			if why != "" && no[AttrWhy] != why || no[AttrWhy] == "" || no[AttrAddress] != "10.6.6.6:40000" {
				t.Errorf("%.20q: %v", text, no)
			}
			if n := r.server.Stats(); n.Connections != 1 || n.LoggingIn != 0 {
				t.Errorf("%.20q: %+v", text, n)
			}
			c.Close()
		})
	}
}

// A login that never ends costs a bounded number of bytes.
func TestLoginOfManyBytes(t *testing.T) {
	m := newMeteredConn(&pipeEnd{in: newStream(0)}, &counts{})
	m.Conn.(*pipeEnd).in.Write(make([]byte, maxLogin+1))
	var err error
	read := 0
	for buf := make([]byte, 4096); err == nil; {
		var n int
		n, err = m.Read(buf)
		read += n
	}
	if !errors.Is(err, errLoginBytes) || read > maxLogin {
		t.Error(read, err)
	}
}

// A fault where keys are looked up ends that connection only.
func TestPanicAtTheLogin(t *testing.T) {
	bubble(t, Config{Handler: echo, Keys: faulty{}}, func(t *testing.T, r *rig) {
		if _, err := r.try(1, home, 0); err == nil {
			t.Error("let in")
		}
		synctest.Wait()
		if p := r.log.one(t, MsgPanic); p[AttrWhat] != "connection" || r.server.Stats().LoggingIn != 0 {
			t.Error(p)
		}
	})
}

type faulty struct{}

func (faulty) Admit(keys.Login) (keys.Viewer, error) { panic("boom") }
