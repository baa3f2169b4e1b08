package brokertest

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
)

// PasswordHash returns a hash of a password for a broker's configuration, of one
// iteration: those of [broker.HashPassword] take seconds under the race detector,
// and so does each login that is held against them.
func PasswordHash(password string) string {
	salt := []byte("a salt for tests")
	key, err := pbkdf2.Key(sha256.New, password, salt, 1, sha256.Size)
	if err != nil {
		panic(err) // only for parameters that are none
	}
	enc := base64.StdEncoding
	return fmt.Sprintf("pbkdf2-sha256$1$%s$%s", enc.EncodeToString(salt), enc.EncodeToString(key))
}
