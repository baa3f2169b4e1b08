package e2e

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// No command that draws nothing asks the terminal anything: a terminal that does not
// answer would hold it up, and one that does would answer to whatever runs next.
func TestCommandsAskNothing(t *testing.T) {
	f := startFake(t, func(_, _ string) string { return "" })
	recording := filepath.Join(t.TempDir(), "recording.ndjson")
	write(t, recording, `{"time":"2026-01-02T12:00:00Z","topic":"a","data":"b"}`+"\n", 0o600)
	at := []string{"--port", f.port}
	for name, args := range map[string][]string{
		"version":          {"--version"},
		"help":             {"--help"},
		"help of a group":  {"broker", "--help"},
		"usage":            {"ping", "--nonsense"},
		"config path":      {"config", "path"},
		"config check":     {"config", "check"},
		"print-config":     {"--print-config"},
		"completion":       {"completion", "bash"},
		"ping":             append([]string{"ping", "--count", "1"}, at...),
		"pub":              append([]string{"pub", "a", "b"}, at...),
		"sub":              append([]string{"sub", "a", "--timeout", "1ms"}, at...),
		"bench":            append([]string{"bench", "--count", "1", "--warmup", "0s", "--grace", "1ms"}, at...),
		"replay --dry-run": append([]string{"replay", recording, "--publish", "--dry-run"}, at...),
		"replay --publish": append([]string{"replay", recording, "--publish"}, at...),
		"broker":           {"broker", "--port", f.port}, // which is taken
		"hash-password":    {"broker", "hash-password", "--nonsense"},
		"password":         {"password", "set", "--nonsense"},
		"demo":             {"demo", "--nonsense"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := run(t, 200, 50, exec.Command(binary, args...), true)
			x.exit()
			if got := x.bytes(); got == "" || strings.Contains(got, "\x1b") {
				t.Errorf("%s writes %+q", strings.Join(args, " "), got)
			}
		})
	}
}

// What is typed, or pasted, while a command runs is for what comes next.
func TestTypedAheadLinesSurvive(t *testing.T) {
	t.Parallel()
	f := startFake(t, func(_, _ string) string { return "" })
	cmd := exec.Command("sh")
	cmd.Env = environ(t, "PS1=$ ", "JOLT_PORT="+f.port, "j="+binary)
	x := run(t, 100, 30, cmd, true)
	x.press("$j --version\r$j pub paste one\r$j config path\r$j pub paste two\recho the last is $((3*5))\r")
	x.see("the last is 15")
	if n := strings.Count(x.text(), "✓ acknowledged"); n != 2 {
		t.Errorf("%d of 2 were published:\n%s", n, x.text())
	}
	x.press("exit\r")
	x.exit()
	if strings.Contains(x.bytes(), "\x1b]11") {
		t.Errorf("the terminal was asked: %+q", x.bytes())
	}
}

// The dashboard asks the terminal for its background, for the automatic theme alone, and
// no key that is typed meanwhile is lost.
func TestDashboardAsksForTheBackground(t *testing.T) {
	const dark, light = "38;2;108;182;255", "38;2;11;92;173" // the border of what has the focus
	for name, tt := range map[string]struct {
		background, args, border string
		asked                    int
	}{
		"dark":          {"#000000", "", dark, 1},
		"light":         {"#ffffff", "", light, 1},
		"another theme": {"#ffffff", "--theme dark", dark, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			script := `printf '\033]11;` + tt.background + `\033\\'; exec "$0" --port 1 ` + tt.args
			x := run(t, 100, 40, exec.Command("sh", "-c", script, binary), true)
			x.press("?") // typed ahead
			x.see("Help", "unsubscribe")
			x.poll("the right colours", func() bool {
				return strings.Contains(x.bytes(), tt.border) && strings.Count(x.bytes(), question) == tt.asked
			})
			x.press("\x03")
			x.exit()
			if n := strings.Count(x.bytes(), question); n != tt.asked {
				t.Errorf("asked %d times, want %d", n, tt.asked)
			}
		})
	}
}
