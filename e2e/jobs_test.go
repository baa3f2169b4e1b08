package e2e

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// child is the only process that a shell has started.
func (x *terminal) child() (pid int) {
	x.t.Helper()
	x.poll("the child", func() bool {
		list, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%[1]d/children", x.cmd.Process.Pid))
		pid, _ = strconv.Atoi(strings.TrimSpace(string(list)))
		return pid > 0
	})
	return pid
}

// SIGTSTP from outside gives the terminal back as ctrl+z does, and SIGCONT takes it
// again, also after SIGSTOP and whatever a shell has made of it meanwhile.
func TestStoppedFromOutside(t *testing.T) {
	const script = `set -m; as=$(stty -g); "$0" demo; for i in 1 2 3; do echo "stop $i"; read go; stty "$as"; printf '\033[?25h'; fg; done; echo "ended with $?"`
	t.Parallel()
	x := run(t, 100, 30, exec.Command("sh", "-c", script, binary), true)
	x.see("● orders.eu")
	joltui := x.child()
	for i, sent := range []syscall.Signal{syscall.SIGTSTP, syscall.SIGSTOP, syscall.SIGTSTP} {
		begin := time.Now()
		if err := syscall.Kill(joltui, sent); err != nil {
			t.Fatal(err)
		}
		x.see(fmt.Sprintf("stop %d", i+1))
		if sent == syscall.SIGTSTP {
			x.restoredSince(begin)
		}
		x.press("\n")
		x.see("● orders.eu", "received")
		x.poll("the terminal to be taken", func() bool { return !x.unharmed() })
		x.press("?")
		x.see("Help", "unsubscribe")
		x.press("q")
		x.gone("unsubscribe")
	}
	begin := time.Now()
	x.press("q")
	if code := x.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x.see("ended with 0")
	x.restoredSince(begin)
}

// The first process of a session has no shell that lets it go on, so it is not stopped.
func TestNothingToStopFor(t *testing.T) {
	t.Parallel()
	x := open(t, 100, 30, "demo")
	x.see("● orders.eu")
	x.press("\x1a")
	x.poll("the terminal to be taken again", func() bool { return strings.Count(x.bytes(), "\x1b[?1049h") == 2 })
	x.press("?")
	x.see("Help", "unsubscribe")
}

// Stopped while a password is typed, it does not show it when it goes on.
func TestStoppedAtThePassword(t *testing.T) {
	t.Parallel()
	const script = `set -m; as=$(stty -g); "$0" --user ann; echo "stop"; read go; stty "$as"; echo "sane"; fg`
	x := run(t, 80, 10, exec.Command("sh", "-c", script, binary), true)
	x.see("Password of ann")
	joltui := x.child()
	echoes := func() bool { return x.lineDiscipline().Lflag&syscall.ECHO != 0 }
	x.poll("the echo to be off", func() bool { return !echoes() })
	if err := syscall.Kill(joltui, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	x.see("stop")
	x.press("\n")
	x.see("sane")
	x.poll("the echo to be off again", func() bool { return !echoes() })
	x.press("\x03")
	x.exit()
}

// ignores reports whether a process ignores SIGHUP and SIGINT.
func ignores(t *testing.T, pid int) bool {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, mask, _ := strings.Cut(string(status), "\nSigIgn:\t")
	mask, _, _ = strings.Cut(mask, "\n")
	bits, err := strconv.ParseUint(mask, 16, 64)
	if err != nil {
		t.Fatal(err)
	}
	const both = 1<<(syscall.SIGHUP-1) | 1<<(syscall.SIGINT-1)
	return bits&both == both
}

// What was ignored when a command began, as nohup and the background of a script have
// it, stays ignored.
func TestIgnoredSignalsStayIgnored(t *testing.T) {
	recording := t.TempDir() + "/recording.ndjson"
	write(t, recording, strings.Repeat(`{"time":"2026-01-02T12:00:00Z","topic":"a","data":"b"}`+"\n", 9), 0o600)
	for name, tt := range map[string]struct {
		args []string
		op   string // what the broker is asked for when it runs
	}{
		"sub":    {[]string{"sub", "a"}, "sub"},
		"pub":    {[]string{"pub", "a", "b", "--count", "0", "--rate", "0.01"}, "pub"},
		"ping":   {[]string{"ping"}, "ping"},
		"bench":  {[]string{"bench", "--duration", "1m"}, "sub"},
		"replay": {[]string{"replay", recording, "--publish", "--rate", "1"}, "pub"},
		"broker": {[]string{"broker", "--port", "0"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked := make(chan string, 1)
			f := startFake(t, func(op, _ string) string {
				if op == tt.op {
					select {
					case asked <- op:
					default:
					}
				}
				return ""
			})
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			cmd := exec.CommandContext(ctx, "sh", "-c", `trap "" HUP INT; exec "$0" "$@"`, binary)
			cmd.Args = append(cmd.Args, tt.args...)
			cmd.Env = environ(t, "JOLT_PORT="+f.port)
			errs, err := cmd.StderrPipe()
			if err != nil {
				t.Fatal(err)
			}
			if name == "broker" {
				cmd.Env = environ(t)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			defer cmd.Wait()
			defer cancel()
			if name == "broker" {
				for lines := bufio.NewScanner(errs); lines.Scan() && !strings.Contains(lines.Text(), "serving"); {
				}
			} else {
				select {
				case <-asked:
				case <-ctx.Done():
					t.Fatal("the broker was not asked for anything")
				}
			}
			if !ignores(t, cmd.Process.Pid) {
				t.Error("it does not ignore SIGHUP and SIGINT any more")
			}
		})
	}
}

// The dashboard too ignores what it was told to.
func TestDashboardIgnoresWhatWasIgnored(t *testing.T) {
	t.Parallel()
	x := run(t, 100, 30, exec.Command("sh", "-c", `trap "" HUP INT; exec "$0" demo`, binary), true)
	x.see("● orders.eu")
	if !ignores(t, x.cmd.Process.Pid) {
		t.Error("it does not ignore SIGHUP and SIGINT any more")
	}
}
