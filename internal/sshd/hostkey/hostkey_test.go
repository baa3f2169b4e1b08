package hostkey

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"golang.org/x/crypto/ssh"
)

func TestMadeOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "host_key")
	first, made, err := Load(path)
	if err != nil || !made || first.PublicKey().Type() != ssh.KeyAlgoED25519 {
		t.Fatal(made, err)
	}
	again, made, err := Load(path)
	if err != nil || made || Fingerprint(again) != Fingerprint(first) {
		t.Error("the second start:", made, err)
	}
	if !strings.HasPrefix(Fingerprint(first), "SHA256:") {
		t.Error(Fingerprint(first))
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
}

// Of many that start at once one makes the key, and all have it.
func TestMadeAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "host_key")
	found := make([]string, 8)
	var all sync.WaitGroup
	for i := range found {
		all.Go(func() {
			key, _, err := Load(path)
			for err != nil { // not all of it was written yet
				key, _, err = Load(path)
			}
			found[i] = Fingerprint(key)
		})
	}
	all.Wait()
	for _, f := range found {
		if f != found[0] {
			t.Fatal(found)
		}
	}
}

// A key that is wrong is an error, and stays as it is.
func TestKeysThatAreWrong(t *testing.T) {
	_, private, _ := ed25519.GenerateKey(rand.Reader)
	encode := func(passphrase string) []byte {
		block, err := ssh.MarshalPrivateKey(private, "")
		if passphrase != "" {
			block, err = ssh.MarshalPrivateKeyWithPassphrase(private, "", []byte(passphrase))
		}
		if err != nil {
			t.Fatal(err)
		}
		return pem.EncodeToMemory(block)
	}
	good := encode("")
	for name, tt := range map[string]struct {
		text []byte
		mode os.FileMode
		want string
	}{
		"good":       {good, 0o600, ""},
		"read-only":  {good, 0o400, ""},
		"group":      {good, 0o640, "others can read or write the host key"},
		"others":     {good, 0o604, "others can read or write the host key"},
		"empty":      {nil, 0o600, "this is no private key of SSH"},
		"cut":        {good[:len(good)/2], 0o600, "this is no private key of SSH"},
		"public":     {ssh.MarshalAuthorizedKey(mustSigner(t, private).PublicKey()), 0o600, "this is no private key of SSH"},
		"passphrase": {encode("secret"), 0o600, "the host key has a passphrase"},
	} {
		if runtime.GOOS == "windows" && tt.mode&0o077 != 0 {
			continue // it has no such permissions
		}
		path := filepath.Join(t.TempDir(), "host_key")
		if err := os.WriteFile(path, tt.text, tt.mode); err != nil {
			t.Fatal(err)
		}
		_, made, err := Load(path)
		switch {
		case made:
			t.Errorf("%s: another key was made", name)
		case tt.want == "" && err != nil, tt.want != "" && (err == nil || !strings.Contains(err.Error(), path+": "+tt.want)):
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
		if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, tt.text) {
			t.Errorf("%s: the file was changed: %v", name, err)
		}
	}
}

func mustSigner(t *testing.T, key any) ssh.Signer {
	t.Helper()
	s, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
