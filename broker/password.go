package broker

import "joltui/broker/internal/login"

// ErrBadPassword is wrapped by the errors of [HashPassword].
var ErrBadPassword = login.ErrBadPassword

// HashPassword returns the salted hash of a password, by PBKDF2-HMAC-SHA256
// with 600,000 iterations, in the form that the configuration's password_hash
// takes. The password must be valid UTF-8 of 1 to 512 bytes.
func HashPassword(password string) (string, error) {
	return login.HashPassword(password, login.Iterations)
}
