package connect

import (
	"crypto/tls"
	"os"
	"strings"
	"testing"
	"time"

	"joltui/internal/cli/clitest"
	"joltui/internal/cli/process"
	"joltui/internal/cli/secret"
)

func TestConnectionCheck(t *testing.T) {
	good := Connection{host: "127.0.0.1", port: 8080, connectTimeout: 1}
	for _, tt := range []struct {
		change func(*Connection)
		want   string
	}{
		{func(c *Connection) { c.port = 0 }, "--port 0 is not a port"},
		{func(c *Connection) { c.port = 65536 }, "--port 65536 is not a port"},
		{func(c *Connection) { c.connectTimeout = 0 }, "must be more than 0"},
		{func(c *Connection) { c.passwordFile = "f" }, "without --user"},
	} {
		c := good
		tt.change(&c)
		if err := c.Check(); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: %v; want %q", c, err, tt.want)
		}
	}
	good.host = "::1"
	if cfg, err := good.Config(process.Env{}); err != nil || cfg.Addr != "[::1]:8080" {
		t.Errorf("%+v, %v", cfg, err)
	}
}

func TestPassword(t *testing.T) {
	held := clitest.WriteFile(t, "secret", "hunter2\r\nignored\n", 0o600)
	stdin, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	for _, tt := range []struct {
		file, environ string
		want, fails   string
	}{
		{file: held, environ: "from the environment", want: "hunter2"},
		{environ: "from the environment", want: "from the environment"},
		{fails: "no password"},
		{file: clitest.WriteFile(t, "open", "hunter2\n", 0o644), fails: "can be read by others (mode 0644): run chmod 600"},
		{file: clitest.WriteFile(t, "empty", "\n", 0o600), fails: "holds no password"},
		{file: clitest.WriteFile(t, "long", strings.Repeat("x", secret.Max+1), 0o600), fails: "holds no password"},
		{file: t.TempDir(), fails: "is a folder"},
		{file: "/nowhere/secret", fails: "no such file"},
	} {
		c := Connection{host: "localhost", port: 1, User: "ann", connectTimeout: 1, passwordFile: tt.file}
		cfg, err := c.Config(process.Env{Stdin: stdin, Getenv: func(k string) string {
			return map[string]string{"JOLT_PASSWORD": tt.environ}[k]
		}})
		switch {
		case tt.fails == "" && (err != nil || cfg.Pass != tt.want):
			t.Errorf("%+v: %q, %v", tt, cfg.Pass, err)
		case tt.fails != "" && (err == nil || !strings.Contains(err.Error(), tt.fails) || strings.Contains(err.Error(), "hunter2")):
			t.Errorf("%+v: %v", tt, err)
		}
	}
}

func TestPasswordNotInClear(t *testing.T) {
	// An address of this machine that is not loopback's need not exist, so the
	// rule itself is tested with the client; here is what a command makes of it.
	c := Connection{host: "broker.example", port: 8080, User: "alice", connectTimeout: time.Second, TLS: TLS{on: true}}
	cfg, err := c.Config(process.Env{Getenv: func(name string) string { return map[string]string{"JOLT_PASSWORD": "secret"}[name] }})
	if err != nil || cfg.TLS == nil || cfg.TLS.MinVersion != tls.VersionTLS12 || cfg.InsecurePlaintextAuth {
		t.Errorf("%+v, %v", cfg.TLS, err)
	}
}
