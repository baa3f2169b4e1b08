package login

import (
	"errors"
	"strings"
	"testing"
)

// testHash hashes with a single iteration: what is verified is the count in the
// hash.
func testHash(tb testing.TB, password string) string {
	tb.Helper()
	hash, err := HashPassword(password, 1)
	if err != nil {
		tb.Fatal(err)
	}
	return hash
}

func right(h Hash, password string) bool {
	ok, err := h.matches(password, 0, nil)
	return ok && err == nil
}

// The test of the command takes one of full strength, and logs in with it.
func TestHashPassword(t *testing.T) {
	const password, iterations = "correct horse ✓", 3
	first, err := HashPassword(password, iterations)
	if err != nil {
		t.Fatal(err)
	}
	h, err := ParseHash(first)
	if err != nil {
		t.Fatal(err)
	}
	if h.iterations != iterations || len(h.salt) != 16 || len(h.key) != 32 {
		t.Errorf("%d iterations, %d bytes of salt, %d of key", h.iterations, len(h.salt), len(h.key))
	}
	if !right(h, password) {
		t.Error("the hash does not match its password")
	}
	if h.String() != first {
		t.Errorf("parsed and printed: %s, want %s", h, first)
	}
}

func TestHashTellsPasswordsApart(t *testing.T) {
	h, err := ParseHash(testHash(t, "correct horse"))
	if err != nil {
		t.Fatal(err)
	}
	for _, password := range []string{"", "correct horse ", "Correct horse", "correct"} {
		if right(h, password) {
			t.Errorf("the hash matches %q", password)
		}
	}
	if !right(h, "correct horse") {
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
	h, err := ParseHash("pbkdf2-sha256$4096$c2FsdFNBTFRzYWx0U0FMVHNhbHRTQUxUc2FsdFNBTFRzYWx0$" +
		"NIyJ28vTKy8y2BS4EW6EzysXNH68GAAYHE4qH7jdU+E=")
	if err != nil {
		t.Fatal(err)
	}
	if !right(h, "passwordPASSWORDpassword") {
		t.Error("the hash differs from the published one")
	}
}

func TestPasswordsThatCannotBeUsed(t *testing.T) {
	for _, password := range []string{"", "\xff", strings.Repeat("x", 513)} {
		if hash, err := HashPassword(password, 1); !errors.Is(err, ErrBadPassword) || hash != "" {
			t.Errorf("%.20q: %q, %v", password, hash, err)
		}
	}
}

func TestParseHashRefuses(t *testing.T) {
	good := testHash(t, "x")
	if _, err := ParseHash(good); err != nil {
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
		_, err := ParseHash(text)
		if !errors.Is(err, ErrNotAHash) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
