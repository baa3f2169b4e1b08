package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// What the history cannot take, because a process that was stopped has it, is told when
// the dashboard is left, which is not for long.
func TestAHistoryThatIsHeld(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	folder := filepath.Join(home, ".local", "state", "joltui")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	lock, err := os.Create(filepath.Join(folder, "published.ndjson.lock"))
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	f := startFake(t, func(_, _ string) string { return "" })
	cmd := exec.Command(binary, "--port", f.port, "orders.eu")
	cmd.Env = environ(t, "HOME="+home)
	x := run(t, 150, 40, cmd, true)
	x.see("● orders.eu")
	x.press("p")
	x.see("┏ Publish")
	x.press("hello\r")
	x.see("pub   orders.eu", "✓ ok")
	begin := time.Now()
	x.press("\x03")
	if code := x.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x.see("not kept for the next time: 1 message that you published: history: another process holds")
	x.restoredSince(begin)
}

// A clipboard that hangs does not outlive the dashboard, however often it was tried.
func TestAClipboardThatHangs(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	write(t, filepath.Join(home, "xclip"), "#!/bin/sh\ntouch \"$HOME/started\"\nsleep 30\n", 0o700)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	f := startFake(t, func(_, _ string) string { return "" })
	cmd := exec.Command(binary, "--port", f.port, "orders.eu")
	cmd.Env = environ(t, "HOME="+home, "PATH="+home+":"+os.Getenv("PATH"))
	cmd.ExtraFiles = []*os.File{w}
	x := editing{run(t, 150, 40, cmd, true), f, r}
	w.Close()
	x.see("● orders.eu")
	x.press("yyy")
	x.poll("the helper", func() bool {
		_, err := os.Stat(filepath.Join(home, "started"))
		return err == nil
	})
	begin := time.Now()
	x.press("\x03")
	if code := x.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x.allEnded()
	x.restoredSince(begin)
}

// A recording whose file is deleted is no success: neither while it is on nor at the end.
func TestARecordingThatIsDeleted(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "r.ndjson")
	x := open(t, 150, 40, "demo")
	x.see("● orders.eu")
	x.press("r")
	x.see("record all, or screen")
	x.press("\r")
	x.see("record to")
	x.press("\x15" + path + "\r")
	x.see("● REC")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	x.see("✗ REC FILE GONE", "was deleted")
	x.press("\x03")
	if code := x.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x.see("was deleted while it was written, and what is in it is lost; recorded")
}
