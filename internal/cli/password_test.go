package cli

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"joltui/internal/cli/clitest"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
)

func TestPasswordCommand(t *testing.T) {
	ring := &clitest.Keyring{Passwords: make(map[string]string)}
	password := func(input string, args ...string) (int, string) {
		stdin, err := os.Open(clitest.WriteFile(t, "stdin", input, 0o600))
		if err != nil {
			t.Fatal(err)
		}
		defer stdin.Close()
		var out, errs bytes.Buffer
		code := Main(append([]string{"password"}, args...), process.Env{Stdin: stdin, Stdout: &out, Stderr: &errs,
			Keyring: ring, Getenv: func(string) string { return "" }})
		return code, out.String() + errs.String()
	}
	for _, step := range []struct {
		input string
		args  []string
		code  int
		says  string
	}{
		{"hunter2\n", []string{"set"}, exit.Usage, "say whose password"},
		{"hunter2\n", []string{"set", "--user", "alice"}, exit.OK, "stored the password of alice@127.0.0.1:8080"},
		{"\n", []string{"set", "--user", "alice"}, exit.Usage, "no password on stdin"},
		{"", []string{"delete", "--user", "bob"}, exit.Usage, "has no password of bob@127.0.0.1:8080"},
		{"", []string{"delete", "--user", "alice", "--port", "1"}, exit.Usage, "has no password of alice@127.0.0.1:1"},
	} {
		if code, says := password(step.input, step.args...); code != step.code || !strings.Contains(says, step.says) || strings.Contains(says, "hunter2") {
			t.Errorf("password %v = %d, %q", step.args, code, says)
		}
	}
	var c connect.Connection
	fs := pflag.NewFlagSet("", pflag.ContinueOnError)
	c.Flags(fs)
	if err := fs.Parse([]string{"--user", "alice", "--password-from", "keyring"}); err != nil {
		t.Fatal(err)
	}
	stored := func() (string, error) {
		cfg, err := c.Config(process.Env{Keyring: ring, Getenv: func(string) string { return "" }})
		return cfg.Pass, err
	}
	if got, err := stored(); got != "hunter2" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if code, says := password("", "delete", "--user", "alice"); code != exit.OK || !strings.Contains(says, "removed") {
		t.Errorf("%d, %q", code, says)
	}
	if _, err := stored(); err == nil || !strings.Contains(err.Error(), "joltui password set") {
		t.Errorf("no password in the keyring: %v", err)
	}
	ring.Broken = errors.New("no secret service")
	if _, err := stored(); err == nil || !strings.Contains(err.Error(), "cannot be used (no secret service): use --password-file") {
		t.Errorf("no keyring: %v", err)
	}
}
