package login

import (
	"crypto/hmac"
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
	// Iterations follows the OWASP Password Storage Cheat Sheet for
	// PBKDF2-HMAC-SHA256.
	Iterations    = 600_000
	maxIterations = 100_000_000 // a typing error beyond it would block logins for minutes
	saltBytes     = 16
	keyBytes      = sha256.Size
	// maxPasswordBytes leaves room for the escapes in a line of 4 KiB.
	maxPasswordBytes = 512
	// slice is how many iterations are done between two looks at what else there
	// is to do: about half a millisecond.
	slice = 2_000
)

var (
	// ErrBadPassword: a password cannot be hashed.
	ErrBadPassword = errors.New("broker: password cannot be used")
	// ErrNotAHash does not show the text: it may be a password.
	ErrNotAHash = errors.New(`is not a password hash: run "joltui broker hash-password" and use its output`)
)

// HashPassword returns the salted hash of a password in the form that [ParseHash]
// takes. The password must be valid UTF-8 of 1 to 512 bytes, else the error wraps
// [ErrBadPassword].
func HashPassword(password string, iterations int) (string, error) {
	switch {
	case password == "":
		return "", fmt.Errorf("%w: it is empty", ErrBadPassword)
	case len(password) > maxPasswordBytes:
		return "", fmt.Errorf("%w: it is longer than %d bytes", ErrBadPassword, maxPasswordBytes)
	case !utf8.ValidString(password):
		return "", fmt.Errorf("%w: it is not valid UTF-8, so no client could send it", ErrBadPassword)
	}
	h := NewHash(iterations)
	h.key, _ = h.derive(password, nil)
	return h.String(), nil
}

// Hash is a stored password: PBKDF2-HMAC-SHA256 with a salt.
type Hash struct {
	iterations int
	salt, key  []byte
}

// NewHash returns a hash with a random salt and a random key: one that no
// password has.
func NewHash(iterations int) Hash {
	h := Hash{iterations, make([]byte, saltBytes), make([]byte, keyBytes)}
	// Read never fails: it ends the program rather than return no randomness.
	rand.Read(h.salt)
	rand.Read(h.key)
	return h
}

// ParseHash reads what [Hash.String] or [HashPassword] returned. The error is
// [ErrNotAHash].
func ParseHash(text string) (Hash, error) {
	parts := strings.Split(text, "$")
	if len(parts) != 4 || parts[0] != hashName {
		return Hash{}, ErrNotAHash
	}
	iterations, err := strconv.Atoi(parts[1])
	if err != nil || iterations < 1 || iterations > maxIterations {
		return Hash{}, ErrNotAHash
	}
	enc := base64.StdEncoding.Strict()
	salt, err := enc.DecodeString(parts[2])
	if err != nil || len(salt) < 8 {
		return Hash{}, ErrNotAHash
	}
	key, err := enc.DecodeString(parts[3])
	if err != nil || len(key) != keyBytes {
		return Hash{}, ErrNotAHash
	}
	return Hash{iterations, salt, key}, nil
}

// Iterations returns how many iterations it takes to verify a password.
func (h Hash) Iterations() int { return h.iterations }

// String returns h as the configuration has it.
func (h Hash) String() string {
	enc := base64.StdEncoding
	return fmt.Sprintf("%s$%d$%s$%s", hashName, h.iterations,
		enc.EncodeToString(h.salt), enc.EncodeToString(h.key))
}

// matches reports whether h is of password. Whatever the password, it takes the
// time of its iterations; a password that is wrong takes that of cost iterations,
// if those are more. pause is called now and then; its error ends the work.
func (h Hash) matches(password string, cost int, pause func() error) (bool, error) {
	key, err := h.derive(password, pause)
	if err != nil {
		return false, err
	}
	if subtle.ConstantTimeCompare(key, h.key) == 1 {
		return true, nil
	}
	rest := h
	if rest.iterations = cost - h.iterations; rest.iterations > 0 {
		_, err = rest.derive(password, pause)
	}
	return false, err
}

// derive is PBKDF2 for a key of one block. crypto/pbkdf2 does the same, and holds a
// processor for all of it: 150 ms, in which a publisher's message waits.
func (h Hash) derive(password string, pause func() error) ([]byte, error) {
	mac := hmac.New(sha256.New, []byte(password))
	mac.Write(h.salt)
	mac.Write([]byte{0, 0, 0, 1})
	block := mac.Sum(nil)
	key := append([]byte(nil), block...)
	for i := 1; i < h.iterations; i++ {
		if i%slice == 0 && pause != nil {
			if err := pause(); err != nil {
				return nil, err
			}
		}
		mac.Reset()
		mac.Write(block)
		block = mac.Sum(block[:0])
		subtle.XORBytes(key, key, block)
	}
	return key, nil
}
