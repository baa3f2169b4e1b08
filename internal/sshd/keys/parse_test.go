package keys

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/crypto/ssh"
)

func TestGrants(t *testing.T) {
	for options, want := range map[string]Grant{
		"":         {},
		"publish ": {Publish: true},
		"PUBLISH ": {Publish: true},
		"restrict,no-pty,no-X11-forwarding,no-agent-forwarding,no-port-forwarding,no-user-rc,no-touch-required ": {},
		`topics="orders.eu,chat" `:                    {Topics: []string{"orders.eu", "chat"}},
		`topics="'a b',\"c,d\"" `:                     {Topics: []string{"a b", "c,d"}},
		`publish,profile="prod-ro",topics="a" `:       {Publish: true, Profile: "prod-ro", Topics: []string{"a"}},
		`from="127.0.0.0/8,::1",profile="a b"` + "\t": {Profile: "a b"},
		`expiry-time="20270101Z" `:                    {Until: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)},
		`expiry-time="202701011830Z" `:                {Until: time.Date(2027, 1, 1, 18, 30, 0, 0, time.UTC)},
		`expiry-time="20270101183059" `:               {Until: time.Date(2027, 1, 1, 18, 30, 59, 0, time.Local)},
	} {
		set := parse(t, "# team", "", options+public(t, 1)+" \t anna\r")
		v, err := set.Admit(login(t, 1))
		if err != nil {
			t.Errorf("%s: %v", options, err)
			continue
		}
		if diff := cmp.Diff(want, v.Grant); diff != "" {
			t.Errorf("%s: %s", options, diff)
		}
		if v.Name != "anna" || v.Fingerprint != ssh.FingerprintSHA256(signer(t, 1).PublicKey()) {
			t.Errorf("%s: %+v", options, v)
		}
		if got, want := v.NoTouch, strings.Contains(options, "no-touch"); got != want {
			t.Errorf("%s: no touch is %v", options, got)
		}
	}
}

// Each mistake refuses the whole file, with its line.
func TestMistakesOfTheFile(t *testing.T) {
	a, b := public(t, 1), public(t, 2)
	kind, code, _ := strings.Cut(a, " ")
	cert := strings.TrimSpace(string(ssh.MarshalAuthorizedKey(sign(t, func(*ssh.Certificate) {}))))
	for line, want := range map[string]string{
		a:                                               "the key has no name: put the name of its viewer behind it, as its comment",
		a + " otto":                                     `line 1 has the name "otto", too: give each key a comment of its own, it is the name of its viewer`,
		b + " anna":                                     "line 1 has this key, too: remove one of them",
		a + " an\u202ena":                               `the name of the viewer, the comment, has characters that cannot be shown: "an\u202ena"`,
		a + " " + strings.Repeat("x", 65):               "the name of the viewer, the comment, is longer than 64 bytes",
		"command=\"ls\" " + a + " anna":                 `"command" is neither a type of key nor an option that joltui knows`,
		"pty " + a + " anna":                            `"pty" is neither a type of key nor an option that joltui knows`,
		"no-publish " + a + " anna":                     `"no-publish" is neither a type of key nor an option that joltui knows`,
		"ssh-foo " + code + " anna":                     `"ssh-foo" is neither a type of key nor an option that joltui knows`,
		"publish ssh-foo " + code:                       `"ssh-foo" is no type of key`,
		"publish":                                       "the key is missing: a line is options, type, key and name",
		"publish,publish " + a + " anna":                `the option "publish" is there twice`,
		`publish="yes" ` + a + " anna":                  `the option "publish" has no value`,
		"publish, " + a + " anna":                       "an option is empty: there is a comma too many before the key, or the type of the key is missing",
		"topics=a " + a + " anna":                       `the value of "topics" has to be in double quotes`,
		"topics " + a + " anna":                         `the option topics needs a value: topics="…"`,
		`topics="" ` + a + " anna":                      `the option topics needs a value: topics="…"`,
		`topics=", " ` + a + " anna":                    "topics=: there is no topic in it",
		`topics="@file" ` + a + " anna":                 `topics=: "@file" is no topic: files and groups mean nothing here`,
		`topics="'a" ` + a + " anna":                    "topics=: the quote is not closed",
		`topics="a ` + a + " anna":                      "the quote is not closed",
		`topics="a"publish ` + a + " anna":              `put a comma or a blank behind the option "topics"`,
		"profile=\"a\x1b\" " + a + " anna":              `profile=: "a\x1b" has characters that cannot be shown`,
		`from="*.example.com" ` + a + " anna":           `from=: "*.example.com" is neither an address nor a network such as 10.0.0.0/8; names and * are not known here`,
		`from="10.0.0.0/33" ` + a + " anna":             `from=: "10.0.0.0/33" is neither an address nor a network such as 10.0.0.0/8; names and * are not known here`,
		`from="!10.0.0.1" ` + a + " anna":               `from=: "!10.0.0.1" is neither an address nor a network such as 10.0.0.0/8; names and * are not known here`,
		`from="::ffff:10.0.0.1" ` + a + " anna":         `from=: write "::ffff:10.0.0.1" as IPv4`,
		`expiry-time="tomorrow" ` + a + " anna":         `expiry-time=: "tomorrow" is no time such as 20271231, 202712311800 or 202712311800Z`,
		`expiry-time="20261340" ` + a + " anna":         `expiry-time=: "20261340" is no time such as 20271231, 202712311800 or 202712311800Z`,
		`principals="a" ` + a + " anna":                 "principals= needs cert-authority: it says which of the certificates of an authority are let in",
		`cert-authority,principals="a," ` + a + " anna": `principals=: "" is no name`,
		kind + " AAAA anna":                             "the key is damaged: copy the whole line of the .pub file",
		kind + " anna":                                  "the key is damaged: copy the whole line of the .pub file",
		kind + " " + code[:40] + " anna":                "the key is damaged: copy the whole line of the .pub file",
		"ecdsa-sha2-nistp256 " + code + " anna":         `the line says ecdsa-sha2-nistp256, and the key is "ssh-ed25519"`,
		cert + " anna":                                  "this is a certificate: put the key of its authority here, with the option cert-authority",
		"ssh-dss AAAA anna":                             "DSA keys are too weak: make another one with ssh-keygen -t ed25519",
		"-----BEGIN OPENSSH PRIVATE KEY-----":           `"-----BEGIN" is neither a type of key nor an option that joltui knows`,
		"\x00\x01\x02":                                  `"\x00\x01\x02" is neither a type of key nor an option that joltui knows`,
	} {
		set, err := Parse("team.keys", []byte(b+" otto\n\n"+line), nil)
		var bad *FileError
		if !errors.As(err, &bad) || set != nil {
			t.Errorf("%q: no error", line)
			continue
		}
		if bad.Reason != want || bad.Line != 3 {
			t.Errorf("%q:\n got %v\nwant %s", line, err, want)
		}
	}
	_, err := Parse("team.keys", []byte(`profile="x" `+a+" anna"), func(g Grant) error { return errors.New("there is no profile " + g.Profile) })
	if got := err.Error(); got != "team.keys:1: there is no profile x" {
		t.Error(got)
	}
}

func TestKindsOfKeys(t *testing.T) {
	curve := func(c elliptic.Curve) any {
		k, err := ecdsa.GenerateKey(c, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		return &k.PublicKey
	}
	length := func(bits int) any {
		// Only the length counts: to make a real key takes long.
		return &rsa.PublicKey{N: new(big.Int).SetBit(big.NewInt(1), bits-1, 1), E: 65537}
	}
	for name, tt := range map[string]struct {
		key  any
		want string
	}{
		"P-256":    {curve(elliptic.P256()), ""},
		"P-384":    {curve(elliptic.P384()), ""},
		"P-521":    {curve(elliptic.P521()), ""},
		"RSA 3072": {length(3072), ""},
		"RSA 2048": {length(2048), ""},
		"RSA 1024": {length(1024), "an RSA key of 1024 bits is too weak, 2048 are the least: make another one with ssh-keygen -t ed25519"},
	} {
		key, err := ssh.NewPublicKey(tt.key)
		if err != nil {
			t.Fatal(name, err)
		}
		line := strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key))) + " anna"
		set, err := Parse("keys", []byte(line), nil)
		if got := reason(err); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
			continue
		}
		if err == nil {
			if v, err := set.Admit(Login{Key: key, Now: noon}); err != nil || v.Name != "anna" {
				t.Errorf("%s: %+v, %v", name, v, err)
			}
		}
	}
}

func reason(err error) string {
	var bad *FileError
	if errors.As(err, &bad) {
		return bad.Reason
	}
	return ""
}

// What was good stays in force while the file is bad.
func TestReload(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open(path, nil); !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	write("\xef\xbb\xbf" + public(t, 1) + " anna\n")
	f, err := Open(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	write(public(t, 2) + " otto\nrubbish\n")
	if err := f.Reload(); err == nil || !strings.Contains(err.Error(), path+":2: ") {
		t.Errorf("the bad file: %v", err)
	}
	if _, err := f.Admit(login(t, 1)); err != nil || f.Len() != 1 {
		t.Errorf("after a bad file: %v, %d keys", err, f.Len())
	}
	write(public(t, 2) + " otto\n")
	if err := f.Reload(); err != nil {
		t.Error(err)
	}
	if _, err := f.Admit(login(t, 1)); err != ErrUnknown {
		t.Errorf("a key that was removed: %v", err)
	}
	write(strings.Repeat("#", maxFile+1))
	if err := f.Reload(); err == nil {
		t.Error("a file that is too large was read")
	}
}

func TestAFileThatOthersCanWrite(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such permissions")
	}
	path := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(path, []byte(public(t, 1)+" anna"), 0o600); err != nil {
		t.Fatal(err)
	}
	for mode, good := range map[os.FileMode]bool{0o600: true, 0o644: true, 0o664: false, 0o646: false} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path, nil); (err == nil) != good {
			t.Errorf("%v: %v", mode, err)
		}
	}
}
