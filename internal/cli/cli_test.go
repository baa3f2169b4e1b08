package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// run calls Main with stdin holding input, as a script would, and returns what
// it printed.
func run(t *testing.T, input string, environ map[string]string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "stdin")
	if err := os.WriteFile(path, []byte(input), 0o600); err != nil {
		t.Fatal(err)
	}
	stdin, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	var out, errs bytes.Buffer
	code = Main(args, Env{Stdin: stdin, Stdout: &out, Stderr: &errs, Getenv: func(k string) string { return environ[k] }})
	return code, out.String(), errs.String()
}

// writeFile returns the path of a new file.
func writeFile(t *testing.T, name, content string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestNoTerminal(t *testing.T) {
	for _, args := range [][]string{{}, {"orders"}, {"watch", "orders"}, {"demo"}} {
		code, out, errs := run(t, "", nil, args...)
		want := "joltui: the dashboard needs a terminal: stdin and stdout must be one\n"
		if code != exitUsage || out != "" || errs != want {
			t.Errorf("joltui %v = %d, %q, %q", args, code, out, errs)
		}
	}
}

func TestUsageErrors(t *testing.T) {
	for _, tt := range []struct {
		args []string
		env  map[string]string
		want string
	}{
		{args: []string{"--colour"}, want: "unknown flag: --colour; see joltui --help"},
		{args: []string{"--theme", "blue"}, want: `--theme: no theme is called "blue": there are auto, dark`},
		{args: []string{"demo"}, env: map[string]string{"JOLT_THEME": "blue"}, want: `--theme: no theme is called "blue"`},
		{args: []string{"--port", "http"}, want: `-p, --port: "http" is no whole number`},
		{args: []string{"demo", "extra"}, want: `joltui demo takes no arguments, but got "extra"; see joltui demo --help`},
		{args: []string{"broker", "--port", "99999"}, want: "99999"},
		{args: []string{"broker", "--config", "/nowhere/broker.json"}, want: "/nowhere/broker.json"},
		{env: map[string]string{"JOLT_PORT": "many"}, want: "JOLT_PORT in the environment: "},
		{args: []string{"broker"}, env: map[string]string{"JOLT_BROKER_CONFIG": "/nowhere/broker.json"}, want: "/nowhere/broker.json"},
		{args: []string{"broker"}, env: map[string]string{"JOLT_CONFIG": "/nowhere/broker.json"}, want: "name that of the broker with --config or JOLT_BROKER_CONFIG"},
		{args: []string{"ping", "--pot", "1"}, want: "unknown flag: --pot: did you mean --port?"},
		{args: []string{"sub", "a", "--timeout", "5"}, want: `--timeout: "5" is no duration: give a unit, as in 5s`},
		{args: []string{"ping"}, env: map[string]string{"JOLT_TLS": "yes"}, want: `JOLT_TLS in the environment: "yes" is neither true nor false`},
		{args: []string{"pub", "a", "--expand={}"}, want: `--expand: "{}" is neither true nor false`},
		{args: []string{"sub", "a", "--count", "-1"}, want: `-n, --count: "-1" is no whole number`},
	} {
		code, out, errs := run(t, "", tt.env, tt.args...)
		if code != exitUsage || out != "" || !strings.Contains(errs, tt.want) || strings.Count(errs, "\n") != 1 {
			t.Errorf("joltui %v %v = %d, %q, %q; want %q", tt.args, tt.env, code, out, errs, tt.want)
		}
	}
}

func TestErrorsArePrintable(t *testing.T) {
	_, _, errs := run(t, "", nil, "demo", "\x1b]0;owned\a\u202e")
	if strings.ContainsAny(errs, "\x1b\a\u202e") || strings.Count(errs, "\n") != 1 {
		t.Errorf("stderr %q", errs)
	}
}

func TestConnectionCheck(t *testing.T) {
	good := connection{host: "127.0.0.1", port: 8080, connectTimeout: 1}
	for _, tt := range []struct {
		change func(*connection)
		want   string
	}{
		{func(c *connection) { c.port = 0 }, "--port 0 is not a port"},
		{func(c *connection) { c.port = 65536 }, "--port 65536 is not a port"},
		{func(c *connection) { c.connectTimeout = 0 }, "must be more than 0"},
		{func(c *connection) { c.passwordFile = "f" }, "without --user"},
	} {
		c := good
		tt.change(&c)
		if err := c.check(); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: %v; want %q", c, err, tt.want)
		}
	}
	good.host = "::1"
	if cfg, err := good.config(Env{}); err != nil || cfg.Addr != "[::1]:8080" {
		t.Errorf("%+v, %v", cfg, err)
	}
}

func TestPassword(t *testing.T) {
	secret := writeFile(t, "secret", "hunter2\r\nignored\n", 0o600)
	stdin, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	for _, tt := range []struct {
		file, environ string
		want, fails   string
	}{
		{file: secret, environ: "from the environment", want: "hunter2"},
		{environ: "from the environment", want: "from the environment"},
		{fails: "no password"},
		{file: writeFile(t, "open", "hunter2\n", 0o644), fails: "can be read by others (mode 0644): run chmod 600"},
		{file: writeFile(t, "empty", "\n", 0o600), fails: "holds no password"},
		{file: writeFile(t, "long", strings.Repeat("x", maxSecret+1), 0o600), fails: "holds no password"},
		{file: t.TempDir(), fails: "is a folder"},
		{file: "/nowhere/secret", fails: "no such file"},
	} {
		c := connection{host: "localhost", port: 1, user: "ann", connectTimeout: 1, passwordFile: tt.file}
		cfg, err := c.config(Env{Stdin: stdin, Getenv: func(k string) string {
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

func TestEnvironmentFillsFlags(t *testing.T) {
	env := Env{Getenv: func(k string) string { return map[string]string{"JOLT_HOST": "b.example", "JOLT_PORT": "9090"}[k] }}
	cmd := newWatch(env, "watch")
	if err := cmd.ParseFlags([]string{"--port", "7070"}); err != nil {
		t.Fatal(err)
	}
	if err := fromEnvironment(cmd, env); err != nil {
		t.Fatal(err)
	}
	host, port := cmd.Flag("host").Value.String(), cmd.Flag("port").Value.String()
	if host != "b.example" || port != "7070" {
		t.Errorf("host %s, port %s: flags beat the environment, which beats defaults", host, port)
	}
}

func TestHelpAndVersion(t *testing.T) {
	code, out, errs := run(t, "", nil, "--version")
	if code != exitOK || !strings.HasPrefix(out, "joltui "+version) || errs != "" {
		t.Errorf("--version = %d, %q, %q", code, out, errs)
	}
	code, out, _ = run(t, "", nil, "--help")
	for _, word := range []string{"watch", "demo", "broker", "--host", "--password-file"} {
		if code != exitOK || !strings.Contains(out, word) {
			t.Errorf("--help = %d without %q", code, word)
		}
	}
}
