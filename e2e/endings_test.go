package e2e

import (
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// However the dashboard ends, the terminal is as it was, and soon.
func TestEndings(t *testing.T) {
	for name, tt := range map[string]struct {
		keys   string
		signal syscall.Signal
	}{
		"q":       {keys: "q"},
		"ctrl+c":  {keys: "\x03"},
		"SIGINT":  {signal: syscall.SIGINT},
		"SIGTERM": {signal: syscall.SIGTERM},
		"SIGHUP":  {signal: syscall.SIGHUP},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := open(t, 100, 30, "demo")
			x.see("● orders.eu")
			if x.unharmed() {
				t.Fatal("the dashboard has changed nothing, so this test would see nothing")
			}
			begin := time.Now()
			x.press(tt.keys)
			if tt.signal != 0 {
				x.cmd.Process.Signal(tt.signal)
			}
			if code := x.exit(); code != 0 {
				t.Errorf("exit code %d on\n%s", code, x.text())
			}
			x.restoredSince(begin)
		})
	}
}

// A panic, wherever it is, is told on a terminal that is as it was, and cannot
// harm it.
func TestPanics(t *testing.T) {
	for name, key := range map[string]string{
		"Update": "U", "View": "V", "a command": "C", "a command of a batch": "B",
		"the client's handler": "H", "the pump": "P",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := run(t, 150, 60, exec.Command(panicker, "demo"), true)
			x.see("● orders.eu")
			begin := time.Now()
			x.press(key)
			if code := x.exit(); code != 1 {
				t.Errorf("exit code %d on\n%s", code, x.text())
			}
			x.restoredSince(begin)
			checkBytes(t, x.bytes())
			want := `joltui: the dashboard ended: panic: boom \x1b]0;owned\a\x1b[2J\x9b31m\u009b2J\u202e\b\r!`
			told := x.text()
			if !strings.Contains(told, want) || !strings.Contains(told, "panicker/main.go:") {
				t.Errorf("%s\nand a stack are not on\n%s", want, told)
			}
			if strings.Contains(told, "Caught panic") || strings.Contains(told, "Caught goroutine panic") {
				t.Errorf("Bubble Tea told it too:\n%s", told)
			}
		})
	}
}

// A shell with job control gets its terminal while the dashboard is suspended,
// and the dashboard gets it back.
func TestSuspend(t *testing.T) {
	t.Parallel()
	const script = `set -m; "$0" demo; for i in 1 2; do echo "stop $i"; read go; fg; done; echo "ended with $?"`
	x := run(t, 100, 30, exec.Command("sh", "-c", script, binary), true)
	x.see("● orders.eu")
	for _, stop := range []string{"stop 1", "stop 2"} {
		begin := time.Now()
		x.press("\x1a")
		x.see(stop)
		x.restoredSince(begin)
		x.resize(90, 28)
		x.press("\r")
		x.see("● orders.eu", "received")
		if x.unharmed() {
			t.Error("the dashboard did not take the terminal back")
		}
		x.press("?")
		x.see("Help", "unsubscribe")
		x.press("q")
		x.gone("ctrl+z")
	}
	begin := time.Now()
	x.press("q")
	if code := x.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x.see("stop 2", "ended with 0")
	x.restoredSince(begin)
}

// A signal while a password is asked for leaves the echo on.
func TestPasswordPromptInterrupted(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			x := open(t, 80, 10, "--user", "ann")
			x.see("Password of ann")
			x.poll("the echo to be off", func() bool { return !x.unharmed() })
			x.cmd.Process.Signal(signal)
			if code := x.exit(); code != 1 {
				t.Errorf("exit code %d", code)
			}
			x.see("interrupted")
			x.restored()
		})
	}
}
