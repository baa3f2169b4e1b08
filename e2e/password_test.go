package e2e

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
)

// weakHash is what a broker's configuration has for a password, of one iteration
// and not of 600,000, which take seconds under the race detector. What
// "joltui broker hash-password" prints is tested with the command.
func weakHash(password string) string {
	salt := []byte("a salt for tests")
	key, err := pbkdf2.Key(sha256.New, password, salt, 1, sha256.Size)
	if err != nil {
		panic(err) // only for parameters that are none
	}
	enc := base64.StdEncoding
	return fmt.Sprintf("pbkdf2-sha256$1$%s$%s", enc.EncodeToString(salt), enc.EncodeToString(key))
}
