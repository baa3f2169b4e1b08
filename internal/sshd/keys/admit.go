package keys

import (
	"errors"
	"fmt"
	"net/netip"

	"golang.org/x/crypto/ssh"
)

// ErrUnknown is the error for a key that is not in the file.
var ErrUnknown = errors.New("the key is not in the file of keys")

// Admit returns who logs in, or why they may not. Errors are printable, and for the log: they
// say more than a stranger should know.
func (s *Set) Admit(l Login) (Viewer, error) {
	if cert, ok := l.Key.(*ssh.Certificate); ok {
		return s.admitCertificate(cert, l)
	}
	e := s.keys[string(l.Key.Marshal())]
	if e == nil {
		return Viewer{}, ErrUnknown
	}
	if err := e.admits(l); err != nil {
		return Viewer{}, err
	}
	return Viewer{Name: e.name, Fingerprint: e.fingerprint, Grant: e.grant, NoTouch: e.noTouch}, nil
}

// admits returns an error where the time or the address is not that of the line.
func (e *entry) admits(l Login) error {
	if !e.grant.Until.IsZero() && !l.Now.Before(e.grant.Until) {
		return fmt.Errorf("the key of %s has expired", e.name)
	}
	if e.from != nil && !within(l.From, e.from) {
		return fmt.Errorf("the key of %s is not let in from %v", e.name, l.From)
	}
	return nil
}

func within(address netip.Addr, networks []netip.Prefix) bool {
	address = address.Unmap().WithZone("")
	for _, n := range networks {
		if n.Contains(address) {
			return true
		}
	}
	return false
}
