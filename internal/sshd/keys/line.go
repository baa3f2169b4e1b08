package keys

import (
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"golang.org/x/crypto/ssh"

	"joltui/internal/printable"
)

const (
	// A name has to fit into the log and a list of viewers.
	maxName = 64
	// What of a line an error quotes.
	quoted = 40
	// A type of key that is too weak.
	dsa = "ssh-dss"
	// OpenSSH's ssh-keygen makes keys of 3,072 bits. Shorter ones than this are weak.
	minRSA = 2048
)

// entry is a line.
type entry struct {
	line        int
	name        string
	key         ssh.PublicKey
	fingerprint string
	authority   bool
	principals  []string       // nil: the user that logs in
	from        []netip.Prefix // nil: from anywhere
	grant       Grant
	noTouch     bool
}

// parseLine reads a line, which is neither empty nor a comment:
// [options] type base64 name.
func parseLine(text string) (*entry, error) {
	var e entry
	first, rest, err := cutWord(text)
	if err != nil {
		return nil, err
	}
	if !isKeyType(first) {
		if err := e.setOptions(first); err != nil {
			return nil, err
		}
		first, rest = cutBlank(rest)
	}
	code, comment := cutBlank(rest)
	if e.key, err = parseKey(first, code); err != nil {
		return nil, err
	}
	e.name = comment
	return &e, checkName(e.name)
}

// cutWord cuts text at the first blank outside of quotes.
func cutWord(text string) (word, rest string, err error) {
	inQuotes := false
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '"':
			inQuotes = !inQuotes
		case text[i] == '\\' && inQuotes:
			i++
		case (text[i] == ' ' || text[i] == '\t') && !inQuotes:
			return text[:i], strings.TrimLeft(text[i:], " \t"), nil
		}
	}
	if inQuotes {
		return "", "", errors.New("the quote is not closed")
	}
	return text, "", nil
}

// cutBlank cuts text at its first blanks.
func cutBlank(text string) (word, rest string) {
	end := strings.IndexAny(text, " \t")
	if end < 0 {
		return text, ""
	}
	return text[:end], strings.TrimLeft(text[end:], " \t")
}

// isKeyType reports whether a word is the type of a key, and no options.
func isKeyType(word string) bool {
	switch word {
	case ssh.KeyAlgoED25519, ssh.KeyAlgoSKED25519, ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521,
		ssh.KeyAlgoSKECDSA256, ssh.KeyAlgoRSA, dsa:
		return true
	}
	return strings.HasSuffix(word, "-cert-v01@openssh.com")
}

func parseKey(kind, code string) (ssh.PublicKey, error) {
	switch {
	case kind == "":
		return nil, errors.New("the key is missing: a line is options, type, key and name")
	case kind == dsa:
		return nil, errors.New("DSA keys are too weak: make another one with ssh-keygen -t ed25519")
	case strings.HasSuffix(kind, "-cert-v01@openssh.com"):
		return nil, errors.New("this is a certificate: put the key of its authority here, with the option cert-authority")
	case !isKeyType(kind):
		return nil, fmt.Errorf("%s is no type of key", quote(kind))
	}
	wire, err := base64.StdEncoding.DecodeString(code)
	if err != nil || len(wire) == 0 {
		return nil, errors.New("the key is damaged: copy the whole line of the .pub file")
	}
	key, err := ssh.ParsePublicKey(wire)
	if err != nil {
		return nil, errors.New("the key is damaged: copy the whole line of the .pub file")
	}
	if key.Type() != kind {
		return nil, fmt.Errorf("the line says %s, and the key is %s", kind, quote(key.Type()))
	}
	return key, strong(key)
}

// strong returns an error for RSA keys that are too short.
func strong(key ssh.PublicKey) error {
	if c, ok := key.(ssh.CryptoPublicKey); ok {
		if k, ok := c.CryptoPublicKey().(*rsa.PublicKey); ok && k.N.BitLen() < minRSA {
			return fmt.Errorf("an RSA key of %d bits is too weak, %d are the least: make another one with ssh-keygen -t ed25519", k.N.BitLen(), minRSA)
		}
	}
	return nil
}

func checkName(name string) error {
	switch {
	case name == "":
		return errors.New("the key has no name: put the name of its viewer behind it, as its comment")
	case len(name) > maxName:
		return fmt.Errorf("the name of the viewer, the comment, is longer than %d bytes", maxName)
	case printable.Line(name) != name:
		return fmt.Errorf("the name of the viewer, the comment, has characters that cannot be shown: %s", quote(name))
	}
	return nil
}

// quote returns untrusted text for an error.
func quote(text string) string { return `"` + printable.Prefix(text, quoted) + `"` }
