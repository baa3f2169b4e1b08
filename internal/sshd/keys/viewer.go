package keys

import (
	"net/netip"
	"slices"
	"time"

	"golang.org/x/crypto/ssh"
)

// Login is what is known of somebody who wants to log in with a key.
type Login struct {
	// User is the name before the @ in user@host. Only certificates depend on it.
	User string
	// Key is the public key, or an [*ssh.Certificate].
	Key ssh.PublicKey
	// From is the address of the peer; the zero Addr where it has none, which no from= allows.
	From netip.Addr
	// Now is the time at which validity is checked.
	Now time.Time
}

// Viewer is who logged in.
type Viewer struct {
	// Name is the comment of the key's line. Of a certificate it is the ID of the
	// certificate, and in brackets the comment of its authority. It is printable.
	Name string
	// Fingerprint is that of the key, "SHA256:…"; of a certificate, that of the key it is for.
	Fingerprint string
	// Certificate says which certificate it was, such as "serial 7 of team-ca"; else it is empty.
	Certificate string
	// Grant is what they may do.
	Grant Grant
	// NoTouch is set where the line has no-touch-required: a security key need not be touched.
	NoTouch bool
}

// Equal reports whether v and other are the same person with the same grant.
func (v Viewer) Equal(other Viewer) bool {
	return v.Name == other.Name && v.Fingerprint == other.Fingerprint && v.Certificate == other.Certificate &&
		v.Grant.Equal(other.Grant)
}

// Grant is what the line of a key allows.
type Grant struct {
	// Publish is set with the option publish. Without it a viewer only looks.
	Publish bool
	// Topics are those of the option topics="a,b"; nil is any topic.
	Topics []string
	// Profile is the profile whose login is used, of the option profile="name"; empty is the
	// server's own.
	Profile string
	// Until is when the key or the certificate ends to be valid; zero is never.
	Until time.Time
}

// Equal reports whether both allow the same.
func (g Grant) Equal(other Grant) bool {
	return g.Publish == other.Publish && (g.Topics == nil) == (other.Topics == nil) &&
		slices.Equal(g.Topics, other.Topics) && g.Profile == other.Profile && g.Until.Equal(other.Until)
}
