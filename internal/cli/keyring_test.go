package cli

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"
)

// fakeKeyring is a keyring in memory, or none at all.
type fakeKeyring struct {
	passwords map[string]string
	broken    error
}

func (f *fakeKeyring) Get(service, account string) (string, error) {
	if f.broken != nil {
		return "", f.broken
	}
	password, ok := f.passwords[service+" "+account]
	if !ok {
		return "", keyring.ErrNotFound
	}
	return password, nil
}

func (f *fakeKeyring) Set(service, account, password string) error {
	if f.broken == nil {
		f.passwords[service+" "+account] = password
	}
	return f.broken
}

func (f *fakeKeyring) Delete(service, account string) error {
	_, err := f.Get(service, account)
	delete(f.passwords, service+" "+account)
	return err
}

func TestPasswordCommand(t *testing.T) {
	ring := &fakeKeyring{passwords: make(map[string]string)}
	password := func(input string, args ...string) (int, string) {
		stdin, err := os.Open(writeFile(t, "stdin", input, 0o600))
		if err != nil {
			t.Fatal(err)
		}
		defer stdin.Close()
		var out, errs bytes.Buffer
		code := Main(append([]string{"password"}, args...), Env{Stdin: stdin, Stdout: &out, Stderr: &errs,
			Keyring: ring, Getenv: func(string) string { return "" }})
		return code, out.String() + errs.String()
	}
	for _, step := range []struct {
		input string
		args  []string
		code  int
		says  string
	}{
		{"hunter2\n", []string{"set"}, exitUsage, "say whose password"},
		{"hunter2\n", []string{"set", "--user", "alice"}, exitOK, "stored the password of alice@127.0.0.1:8080"},
		{"\n", []string{"set", "--user", "alice"}, exitUsage, "no password on stdin"},
		{"", []string{"delete", "--user", "bob"}, exitUsage, "has no password of bob@127.0.0.1:8080"},
		{"", []string{"delete", "--user", "alice", "--port", "1"}, exitUsage, "has no password of alice@127.0.0.1:1"},
	} {
		if code, says := password(step.input, step.args...); code != step.code || !strings.Contains(says, step.says) || strings.Contains(says, "hunter2") {
			t.Errorf("password %v = %d, %q", step.args, code, says)
		}
	}
	c := connection{host: "127.0.0.1", port: 8080, user: "alice", passwordFrom: "keyring"}
	env := Env{Keyring: ring, Getenv: func(string) string { return "" }}
	if got, err := c.password(env); got != "hunter2" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if code, says := password("", "delete", "--user", "alice"); code != exitOK || !strings.Contains(says, "removed") {
		t.Errorf("%d, %q", code, says)
	}
	if _, err := c.password(env); err == nil || !strings.Contains(err.Error(), "joltui password set") {
		t.Errorf("no password in the keyring: %v", err)
	}
	ring.broken = errors.New("no secret service")
	if _, err := c.password(env); err == nil || !strings.Contains(err.Error(), "cannot be used (no secret service): use --password-file") {
		t.Errorf("no keyring: %v", err)
	}
}

// TestPasswordOrder: flag, variable, profile.
func TestPasswordOrder(t *testing.T) {
	ring := &fakeKeyring{passwords: map[string]string{"joltui alice@127.0.0.1:8080": "from the keyring"}}
	stdin, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	for _, tt := range []struct {
		from          string
		flag          bool
		variable      string
		want, failing string
	}{
		{from: "keyring", variable: "v", want: "v"},
		{from: "keyring", flag: true, variable: "v", want: "from the keyring"},
		{from: "keyring", want: "from the keyring"},
		{from: "env", variable: "v", want: "v"},
		{from: "env", failing: "JOLT_PASSWORD is not set"},
		{from: "prompt", variable: "v", want: "v"},
		{from: "prompt", flag: true, variable: "v", failing: "no terminal to ask at"},
	} {
		c := connection{host: "127.0.0.1", port: 8080, user: "alice", passwordFrom: tt.from}
		if tt.flag {
			c.origins = origins{"password-from": "--password-from"}
		}
		got, err := c.password(Env{Stdin: stdin, Keyring: ring, Getenv: func(string) string { return tt.variable }})
		if got != tt.want || (err == nil) != (tt.failing == "") || err != nil && !strings.Contains(err.Error(), tt.failing) {
			t.Errorf("%+v: %q, %v", tt, got, err)
		}
	}
}
