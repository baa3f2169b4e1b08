package cli

import (
	"strings"
	"testing"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/internal/cli/clitest"
	"joltui/internal/cli/exit"
	"joltui/jolt"
)

// TestHashPassword: what it prints is what a broker takes, at full strength. The
// tests of everything else have hashes that are quicker.
func TestHashPassword(t *testing.T) {
	code, hash, errs := run(t, "hunter2\n", nil, "broker", "hash-password")
	if code != exit.OK || errs != "" || !strings.HasPrefix(hash, "pbkdf2-sha256$600000$") {
		t.Fatalf("%d, %.30q, %q", code, hash, errs)
	}
	config := clitest.WriteFile(t, "broker.json", `{"security":true,"users":[{"name":"ann","password_hash":"`+
		strings.TrimSpace(hash)+`","permissions":["admin"]}]}`, 0o600)
	cfg, err := broker.LoadConfig(config)
	if err != nil {
		t.Fatalf("the configuration refuses the hash: %v", err)
	}
	client, err := jolt.Dial(t.Context(), jolt.Config{Addr: brokertest.Start(t, cfg).Addr, User: "ann", Pass: "hunter2"})
	if err != nil {
		t.Fatalf("the broker refuses the password: %v", err)
	}
	client.Close()
	if code, out, errs := run(t, "\n", nil, "broker", "hash-password"); code != exit.Usage || out != "" || errs != "joltui: no password on stdin\n" {
		t.Errorf("an empty password: %d, %q, %q", code, out, errs)
	}
}
