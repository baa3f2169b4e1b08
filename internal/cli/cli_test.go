package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
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
	code = Main(args, process.Env{Stdin: stdin, Stdout: &out, Stderr: &errs, Getenv: func(k string) string { return environ[k] }})
	return code, out.String(), errs.String()
}

func TestNoTerminal(t *testing.T) {
	for _, args := range [][]string{{}, {"orders"}, {"watch", "orders"}, {"demo"}} {
		code, out, errs := run(t, "", nil, args...)
		want := "joltui: the dashboard needs a terminal: stdin and stdout must be one\n"
		if code != exit.Usage || out != "" || errs != want {
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
		{args: []string{"--nonsense"}, want: "unknown flag: --nonsense; see joltui --help"},
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
		if code != exit.Usage || out != "" || !strings.Contains(errs, tt.want) || strings.Count(errs, "\n") != 1 {
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

func TestEnvironmentFillsFlags(t *testing.T) {
	env := process.Env{Getenv: func(k string) string { return map[string]string{"JOLT_HOST": "b.example", "JOLT_PORT": "9090"}[k] }}
	cmd := newWatch(env, "watch")
	if err := cmd.ParseFlags([]string{"--port", "7070"}); err != nil {
		t.Fatal(err)
	}
	if _, err := connect.FromEnvironment(cmd, env); err != nil {
		t.Fatal(err)
	}
	host, port := cmd.Flag("host").Value.String(), cmd.Flag("port").Value.String()
	if host != "b.example" || port != "7070" {
		t.Errorf("host %s, port %s: flags beat the environment, which beats defaults", host, port)
	}
}

func TestHelpAndVersion(t *testing.T) {
	code, out, errs := run(t, "", nil, "--version")
	if code != exit.OK || !strings.HasPrefix(out, "joltui "+process.Version()) || errs != "" {
		t.Errorf("--version = %d, %q, %q", code, out, errs)
	}
	code, out, _ = run(t, "", nil, "--help")
	for _, word := range []string{"watch", "demo", "broker", "--host", "--password-file"} {
		if code != exit.OK || !strings.Contains(out, word) {
			t.Errorf("--help = %d without %q", code, word)
		}
	}
}
