package clitest

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/zalando/go-keyring"
)

// WriteFile returns the path of a new file, which is gone when the test ends.
func WriteFile(t *testing.T, name, content string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
	return path
}

// PortOf returns the port of a host:port.
func PortOf(t *testing.T, addr string) string {
	t.Helper()
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// UnusedPort returns one at which nobody listens: what connects is refused. It is none of
// those that a system gives to who asks for any, as the other tests do meanwhile.
func UnusedPort(t *testing.T) string {
	t.Helper()
	const first, many = 10_000, 20_000
	for range 100 {
		ln, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", first+rand.IntN(many)))
		if err != nil {
			continue // somebody has it
		}
		defer ln.Close()
		return PortOf(t, ln.Addr().String())
	}
	t.Fatal("no port is unused")
	return ""
}

// Keyring is a keyring in memory, or none at all.
type Keyring struct {
	Passwords map[string]string // by service and account, with a blank between
	Broken    error             // what all methods return; nil is a keyring that works
}

// Get implements process.Keyring.
func (f *Keyring) Get(service, account string) (string, error) {
	if f.Broken != nil {
		return "", f.Broken
	}
	password, ok := f.Passwords[service+" "+account]
	if !ok {
		return "", keyring.ErrNotFound
	}
	return password, nil
}

// Set implements process.Keyring.
func (f *Keyring) Set(service, account, password string) error {
	if f.Broken == nil {
		f.Passwords[service+" "+account] = password
	}
	return f.Broken
}

// Delete implements process.Keyring.
func (f *Keyring) Delete(service, account string) error {
	_, err := f.Get(service, account)
	delete(f.Passwords, service+" "+account)
	return err
}
