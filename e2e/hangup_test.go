package e2e

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The dashboard does not outlive its terminal, nor does it work hard to die:
// whether SIGHUP tells it, or only that reads fail.
func TestTerminalGoesAway(t *testing.T) {
	const within = 2 * time.Second
	for name, tt := range map[string]struct {
		shell      string
		controlled bool
	}{
		"with SIGHUP":           {shell: `exec "$0" "$@"`, controlled: true},
		"with SIGHUP ignored":   {shell: `trap "" HUP; exec "$0" "$@"`, controlled: true},
		"without a SIGHUP":      {shell: `exec "$0" "$@"`},
		"while it is suspended": {shell: `set -m; "$0" "$@"`, controlled: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// A descriptor that the dashboard inherits tells when it has ended.
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			cmd := exec.Command("sh", "-c", tt.shell, binary, "demo")
			cmd.ExtraFiles = []*os.File{w}
			x := run(t, 100, 30, cmd, tt.controlled)
			w.Close()
			x.see("● orders.eu")
			if strings.Contains(name, "suspended") {
				x.press("\x1a")
				x.poll("the end of the dashboard's screen", x.unharmed)
			}
			before := cpuTime(t, cmd.Process.Pid)
			begin := time.Now()
			x.tty.Close()
			r.SetReadDeadline(begin.Add(patience))
			if n, err := r.Read(make([]byte, 1)); n > 0 || os.IsTimeout(err) {
				cmd.Process.Signal(syscall.SIGQUIT)
				t.Fatal("it is still running")
			}
			if took := time.Since(begin); took > within {
				t.Errorf("it took %s to end", took)
			}
			cmd.Wait()
			spent := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime() - before
			if spent > within/4 {
				t.Errorf("it spent %s of CPU time on ending", spent)
			}
			t.Logf("ended after %s, %s of CPU time", time.Since(begin).Round(time.Millisecond), spent)
		})
	}
}

// cpuTime is what a process has used so far, as far as the system tells.
func cpuTime(t *testing.T, pid int) time.Duration {
	t.Helper()
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0
	}
	const tick = 10 * time.Millisecond // Linux always tells hundredths
	var sum time.Duration
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	for _, f := range fields[11:13] { // utime and stime
		n, err := strconv.Atoi(f)
		if err != nil {
			t.Fatal(err)
		}
		sum += time.Duration(n) * tick
	}
	return sum
}
