package broker

import (
	"errors"
	"strings"
	"testing"
)

// The test of the command takes one of full strength, and logs in with it.
func TestHashPassword(t *testing.T) {
	const password, iterations = "correct horse ✓", 3
	first, err := hashPassword(password, iterations)
	if err != nil {
		t.Fatal(err)
	}
	h, err := parseHash(first)
	if err != nil {
		t.Fatal(err)
	}
	if h.iterations != iterations || len(h.salt) != 16 || len(h.key) != 32 {
		t.Errorf("%d iterations, %d bytes of salt, %d of key", h.iterations, len(h.salt), len(h.key))
	}
	if !h.matches(password) {
		t.Error("the hash does not match its password")
	}
	if h.String() != first {
		t.Errorf("parsed and printed: %s, want %s", h, first)
	}
}

func TestHashTellsPasswordsApart(t *testing.T) {
	h, err := parseHash(testHash(t, "correct horse"))
	if err != nil {
		t.Fatal(err)
	}
	for _, password := range []string{"", "correct horse ", "Correct horse", "correct"} {
		if h.matches(password) {
			t.Errorf("the hash matches %q", password)
		}
	}
	if !h.matches("correct horse") {
		t.Error("the hash does not match its password")
	}
}

func TestHashesAreSalted(t *testing.T) {
	first, second := testHash(t, "x"), testHash(t, "x")
	if first == second {
		t.Error("two hashes of a password are equal")
	}
}

// The vector is the well-known one of PBKDF2-HMAC-SHA256 with 4096 iterations;
// Python's hashlib.pbkdf2_hmac agrees.
func TestHashIsPBKDF2(t *testing.T) {
	h, err := parseHash("pbkdf2-sha256$4096$c2FsdFNBTFRzYWx0U0FMVHNhbHRTQUxUc2FsdFNBTFRzYWx0$" +
		"NIyJ28vTKy8y2BS4EW6EzysXNH68GAAYHE4qH7jdU+E=")
	if err != nil {
		t.Fatal(err)
	}
	if !h.matches("passwordPASSWORDpassword") {
		t.Error("the hash differs from the published one")
	}
}

func TestPasswordsThatCannotBeUsed(t *testing.T) {
	for _, password := range []string{"", "\xff", strings.Repeat("x", 513)} {
		if hash, err := HashPassword(password); !errors.Is(err, ErrBadPassword) || hash != "" {
			t.Errorf("%.20q: %q, %v", password, hash, err)
		}
	}
}

func TestParseHashRefuses(t *testing.T) {
	good := testHash(t, "x")
	if _, err := parseHash(good); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"", "hunter2", "$", "$$$", good + "$", good[:len(good)-1], good + "=", " " + good,
		strings.Replace(good, "sha256", "sha1", 1),
		strings.Replace(good, "$1$", "$0$", 1),
		strings.Replace(good, "$1$", "$-1$", 1),
		strings.Replace(good, "$1$", "$x$", 1),
		strings.Replace(good, "$1$", "$100000001$", 1),
		"pbkdf2-sha256$1$YQ==$" + strings.Split(good, "$")[3],
		"pbkdf2-sha256$1$" + strings.Split(good, "$")[2] + "$YQ==",
	} {
		_, err := parseHash(text)
		if !errors.Is(err, errNotAHash) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
