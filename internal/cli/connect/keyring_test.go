package connect

import (
	"os"
	"strings"
	"testing"

	"joltui/internal/cli/clitest"
	"joltui/internal/cli/process"
)

// TestPasswordOrder: flag, variable, profile.
func TestPasswordOrder(t *testing.T) {
	ring := &clitest.Keyring{Passwords: map[string]string{"joltui alice@127.0.0.1:8080": "from the keyring"}}
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
		c := Connection{host: "127.0.0.1", port: 8080, User: "alice", PasswordFrom: tt.from}
		if tt.flag {
			c.Origins = Origins{"password-from": "--password-from"}
		}
		got, err := c.password(process.Env{Stdin: stdin, Keyring: ring, Getenv: func(string) string { return tt.variable }})
		if got != tt.want || (err == nil) != (tt.failing == "") || err != nil && !strings.Contains(err.Error(), tt.failing) {
			t.Errorf("%+v: %q, %v", tt, got, err)
		}
	}
}
