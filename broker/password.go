package broker

import (
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	hashName = "pbkdf2-sha256"
	// hashIterations follows the OWASP Password Storage Cheat Sheet for
	// PBKDF2-HMAC-SHA256.
	hashIterations = 600_000
	maxIterations  = 100_000_000 // a typing error beyond it would block logins for minutes
	saltBytes      = 16
	keyBytes       = sha256.Size
	// maxPasswordBytes leaves room for the escapes in a line of 4 KiB.
	maxPasswordBytes = 512
)

// ErrBadPassword is wrapped by the errors of [HashPassword].
var ErrBadPassword = errors.New("broker: password cannot be used")

// HashPassword returns the salted hash of a password, by PBKDF2-HMAC-SHA256
// with 600,000 iterations, in the form that the configuration's password_hash
// takes. The password must be valid UTF-8 of 1 to 512 bytes.
func HashPassword(password string) (string, error) {
	return hashPassword(password, hashIterations)
}

func hashPassword(password string, iterations int) (string, error) {
	switch {
	case password == "":
		return "", fmt.Errorf("%w: it is empty", ErrBadPassword)
	case len(password) > maxPasswordBytes:
		return "", fmt.Errorf("%w: it is longer than %d bytes", ErrBadPassword, maxPasswordBytes)
	case !utf8.ValidString(password):
		return "", fmt.Errorf("%w: it is not valid UTF-8, so no client could send it", ErrBadPassword)
	}
	h := newHash(iterations)
	var err error
	if h.key, err = h.derive(password); err != nil {
		return "", err
	}
	return h.String(), nil
}

// passwordHash is a stored password.
type passwordHash struct {
	iterations int
	salt, key  []byte
}

// newHash returns a hash with a random salt and a random key: one that no
// password has.
func newHash(iterations int) passwordHash {
	h := passwordHash{iterations, make([]byte, saltBytes), make([]byte, keyBytes)}
	// Read never fails: it ends the program rather than return no randomness.
	rand.Read(h.salt)
	rand.Read(h.key)
	return h
}

// String returns h as the configuration has it.
func (h passwordHash) String() string {
	enc := base64.StdEncoding
	return fmt.Sprintf("%s$%d$%s$%s", hashName, h.iterations,
		enc.EncodeToString(h.salt), enc.EncodeToString(h.key))
}

func (h passwordHash) derive(password string) ([]byte, error) {
	key, err := pbkdf2.Key(sha256.New, password, h.salt, h.iterations, keyBytes)
	if err != nil {
		return nil, fmt.Errorf("broker: hash a password: %w", err)
	}
	return key, nil
}

// matches takes the same time whatever the password.
func (h passwordHash) matches(password string) bool {
	key, err := h.derive(password)
	return err == nil && subtle.ConstantTimeCompare(key, h.key) == 1
}

// errNotAHash does not show the text: it may be a password.
var errNotAHash = errors.New(`is not a password hash: run "joltui broker hash-password" and use its output`)

func parseHash(text string) (passwordHash, error) {
	parts := strings.Split(text, "$")
	if len(parts) != 4 || parts[0] != hashName {
		return passwordHash{}, errNotAHash
	}
	iterations, err := strconv.Atoi(parts[1])
	if err != nil || iterations < 1 || iterations > maxIterations {
		return passwordHash{}, errNotAHash
	}
	enc := base64.StdEncoding.Strict()
	salt, err := enc.DecodeString(parts[2])
	if err != nil || len(salt) < 8 {
		return passwordHash{}, errNotAHash
	}
	key, err := enc.DecodeString(parts[3])
	if err != nil || len(key) != keyBytes {
		return passwordHash{}, errNotAHash
	}
	return passwordHash{iterations, salt, key}, nil
}
