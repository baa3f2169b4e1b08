package keys

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"

	"joltui/internal/printable"
)

// sourceAddress is the one critical option of certificates that is known here.
const sourceAddress = "source-address"

// admitCertificate does all that a certificate is worth: its authority, kind, principals,
// addresses, times, options and signature.
func (s *Set) admitCertificate(cert *ssh.Certificate, l Login) (Viewer, error) {
	e := s.authorities[string(cert.SignatureKey.Marshal())]
	if e == nil {
		return Viewer{}, errors.New("the authority of the certificate is not in the file of keys")
	}
	principal, err := e.principalOf(cert, l.User)
	if err == nil {
		err = e.checkCertificate(cert, principal, l)
	}
	if err != nil {
		return Viewer{}, fmt.Errorf("a certificate of %s: %w", e.name, err)
	}
	id := printable.Prefix(cert.KeyId, maxName)
	if strings.TrimSpace(id) == "" {
		id = printable.Prefix(principal, maxName)
	}
	grant := e.grant
	if end, ok := ends(cert); ok && (grant.Until.IsZero() || end.Before(grant.Until)) {
		grant.Until = end
	}
	return Viewer{
		Name:        id + " (" + e.name + ")",
		Fingerprint: ssh.FingerprintSHA256(cert.Key),
		Certificate: fmt.Sprintf("serial %d of %s", cert.Serial, e.name),
		Grant:       grant,
		NoTouch:     e.noTouch,
	}, nil
}

// principalOf returns the name in the certificate for which it is let in: one of principals=,
// or without that option the user who logs in. A certificate without any would be good for all.
func (e *entry) principalOf(cert *ssh.Certificate, user string) (string, error) {
	wanted := e.principals
	if wanted == nil {
		wanted = []string{user}
	}
	for _, name := range cert.ValidPrincipals {
		if slices.Contains(wanted, name) {
			return name, nil
		}
	}
	switch {
	case len(cert.ValidPrincipals) == 0:
		return "", errors.New("it names no principal")
	case e.principals == nil:
		return "", fmt.Errorf("%s is none of its principals", quote(user))
	}
	return "", errors.New("none of its principals is in principals=")
}

func (e *entry) checkCertificate(cert *ssh.Certificate, principal string, l Login) error {
	if cert.CertType != ssh.UserCert {
		return errors.New("it is none for users")
	}
	if err := e.admits(l); err != nil {
		return err
	}
	if err := strong(cert.Key); err != nil {
		return err
	}
	if f := cert.Signature.Format; f == ssh.KeyAlgoRSA || f == dsa {
		return errors.New("it is signed with SHA-1: sign it with rsa-sha2-256 or rsa-sha2-512")
	}
	if list, limited := cert.CriticalOptions[sourceAddress]; limited {
		allowed, err := networks(list)
		if err != nil {
			return fmt.Errorf("source-address: %w", err)
		}
		if !within(l.From, allowed) {
			return fmt.Errorf("it is not let in from %v", l.From)
		}
	}
	checker := ssh.CertChecker{Clock: func() time.Time { return l.Now }}
	if err := checker.CheckCert(principal, cert); err != nil {
		return errors.New(printable.Line(strings.TrimPrefix(err.Error(), "ssh: ")))
	}
	return nil
}

// ends returns the time at which a certificate ends, if there is one.
func ends(cert *ssh.Certificate) (time.Time, bool) {
	if cert.ValidBefore == ssh.CertTimeInfinity {
		return time.Time{}, false
	}
	return time.Unix(int64(cert.ValidBefore), 0), true
}
