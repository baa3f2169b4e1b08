package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// editing is a dashboard whose editor, a shell script, has the terminal.
type editing struct {
	*terminal
	broker *fakeBroker
	fds    *os.File // at its end when every program that the dashboard started has ended
}

// startEditing opens an editor on the draft "before" and waits for it to say so.
func startEditing(t *testing.T, script string, controlled bool) editing {
	t.Helper()
	f := startFake(t, func(_, _ string) string { return "" })
	cmd := exec.Command(panicker, "--port", f.port, "orders.eu")
	editor := filepath.Join(t.TempDir(), "editor")
	write(t, editor, "#!/bin/sh\n"+script, 0o700)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	cmd.Env = environ(t, "EDITOR="+editor, "TMPDIR="+t.TempDir())
	cmd.ExtraFiles = []*os.File{w}
	x := editing{run(t, 150, 60, cmd, controlled), f, r}
	w.Close()
	x.see("● orders.eu")
	x.press("p")
	x.see("┏ Publish")
	x.press("before\x05")
	x.see("the editor is here")
	return x
}

// allEnded fails the test unless all programs have ended soon.
func (x *editing) allEnded() {
	x.t.Helper()
	x.fds.SetReadDeadline(time.Now().Add(patience))
	if n, err := x.fds.Read(make([]byte, 1)); n > 0 || os.IsTimeout(err) {
		x.t.Fatal("something is still running")
	}
}

// here is what a script says on the terminal when it has it.
const here = "echo the editor is here\n"

// hold is an editor that the terminal has to be taken from: raw, on a screen of
// its own, with no cursor.
const hold = `stty raw -echo; printf '\033[?1049h\033[?25l\033[?1h\033[?1000h'` + "\n" + here

// Signals end the dashboard while an editor has the terminal, and what the editor
// has saved stays. One that does not end with it is killed.
func TestEndingsInAnEditor(t *testing.T) {
	for name, script := range map[string]string{
		"that ends":     `printf saved > "$1"` + "\n" + here + "exec sleep 30\n",
		"that does not": `trap "" TERM HUP; printf saved > "$1"` + "\n" + hold + "exec sleep 30\n",
	} {
		for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP} {
			t.Run(signal.String()+" "+name, func(t *testing.T) {
				t.Parallel()
				x := startEditing(t, script, true)
				begin := time.Now()
				x.cmd.Process.Signal(signal)
				if code := x.exit(); code != 0 {
					t.Errorf("exit code %d on\n%s", code, x.text())
				}
				x.restoredSince(begin)
				x.allEnded()
				x.draft("saved")
			})
		}
	}
}

// draft checks where the dashboard says that the draft is.
func (x *editing) draft(want string) {
	x.t.Helper()
	x.see("the draft, as far as the editor had saved it, is in")
	text := strings.ReplaceAll(x.text(), "\n", "")
	_, path, _ := strings.Cut(text, "saved it, is in ")
	path, _, _ = strings.Cut(path, ".json")
	if got, err := os.ReadFile(path + ".json"); err != nil || string(got) != want {
		x.t.Errorf("it has %q, %v", got, err)
	}
}

// ctrl+c is the editor's own as long as it has the terminal. The dashboard goes on
// with what the editor has made, or, if that was ended, with the draft.
func TestInterruptInAnEditor(t *testing.T) {
	for name, tt := range map[string]struct{ script, after string }{
		"that goes on": {"trap 'echo interrupted' INT\n" + here + `read line; read line; printf after > "$1"` + "\n", "> after"},
		"that ends":    {here + "read line\n", "> before"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := startEditing(t, tt.script, true)
			x.press("\x03")
			if strings.Contains(tt.script, "interrupted") {
				x.see("interrupted")
				x.cmd.Process.Signal(syscall.SIGINT) // no more than git does
				x.press("\r\r")
			}
			x.see(tt.after)
			x.press("\x1b")
			x.see("p publish")
			x.press("?")
			x.see("Help", "unsubscribe")
			x.cmd.Process.Signal(syscall.SIGINT) // is the dashboard's again
			if code := x.exit(); code != 0 {
				t.Errorf("exit code %d", code)
			}
			x.restored()
		})
	}
}

// An editor that crashes leaves the terminal as no editor should, and the dashboard
// takes and gives it back all the same.
func TestEditorCrashes(t *testing.T) {
	t.Parallel()
	x := startEditing(t, hold+"read line\nkill -KILL $$\n", true)
	x.press("\n")
	x.see("draft kept", "signal: killed", "> before")
	begin := time.Now()
	x.press("\x03")
	if code := x.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x.restoredSince(begin)
}

// An editor finds the terminal where programs look for it, and no descriptor of the
// dashboard's.
func TestEditorHasTheTerminal(t *testing.T) {
	t.Parallel()
	const script = `! ls -l /proc/self/fd | grep -q anon_inode && [ -t 0 ] && [ -t 1 ] && [ -t 2 ] && stty size > "$1"` + "\n"
	x := startEditing(t, here+script, true)
	x.see("> 60 150")
}

// The terminal goes away while an editor has it, which takes no notice.
func TestTerminalGoesAwayInAnEditor(t *testing.T) {
	for name, controlled := range map[string]bool{"with SIGHUP": true, "without a SIGHUP": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// What it writes is for the test, which would else go on to read, and so
			// to keep the terminal.
			x := startEditing(t, "trap '' HUP\n"+here+"while :; do echo; sleep 0.1; done\n", controlled)
			begin := time.Now()
			x.tty.Close()
			x.allEnded()
			if took := time.Since(begin); took > 2*time.Second {
				t.Errorf("it took %s to end", took)
			}
			x.cmd.Wait()
		})
	}
}

// A panic while an editor has the terminal ends the dashboard as any other does.
func TestPanicInAnEditor(t *testing.T) {
	t.Parallel()
	x := startEditing(t, here+"exec sleep 30\n", true)
	begin := time.Now()
	x.broker.message("orders.eu", "panic")
	if code := x.exit(); code != 1 {
		t.Errorf("exit code %d on\n%s", code, x.text())
	}
	x.restoredSince(begin)
	x.allEnded()
	x.see("the dashboard ended: panic: boom", "is in ")
}
