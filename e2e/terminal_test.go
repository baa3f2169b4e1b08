// Package e2e runs the real joltui in a real terminal. It is a module of its
// own so that what only these tests need stays out of joltui's go.mod.
package e2e

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// patience is how long a test waits for what must come. It is only reached by
// a test that fails.
const patience = 20 * time.Second

var binary string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "joltui-e2e")
	if err != nil {
		panic(err)
	}
	binary = filepath.Join(dir, "joltui")
	flags := strings.Fields(os.Getenv("BUILDFLAGS")) // -race, for one
	build := exec.Command("go", slices.Concat([]string{"build"}, flags, []string{"-o", binary, "."})...)
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build: %v\n%s", err, out)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// terminal is a joltui that runs on a PTY, and the screen that it draws.
type terminal struct {
	t   *testing.T
	cmd *exec.Cmd
	tty *os.File

	mu      sync.Mutex
	screen  *vt.Emulator
	raw     strings.Builder
	changed chan struct{} // gets a token whenever something was drawn
	drained chan struct{} // closed when the PTY has nothing more to read
}

func open(t *testing.T, w, h int, args ...string) *terminal {
	t.Helper()
	cmd := exec.Command(binary, args...)
	cmd.Env = []string{"TERM=xterm-256color", "COLORTERM=truecolor", "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)})
	if err != nil {
		t.Fatal(err)
	}
	term := &terminal{
		t: t, cmd: cmd, tty: tty,
		screen:  vt.NewEmulator(w, h),
		changed: make(chan struct{}, 1),
		drained: make(chan struct{}),
	}
	go term.answer()
	go term.draw()
	t.Cleanup(func() {
		cmd.Process.Kill()
		tty.Close()
		<-term.drained
	})
	return term
}

// answer sends back what the terminal replies to the program's questions.
func (x *terminal) answer() { io.Copy(x.tty, x.screen) }

func (x *terminal) draw() {
	defer close(x.drained)
	buf := make([]byte, 1<<16)
	for {
		n, err := x.tty.Read(buf)
		x.mu.Lock()
		x.raw.Write(buf[:n])
		x.screen.Write(buf[:n])
		x.mu.Unlock()
		select {
		case x.changed <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (x *terminal) text() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.screen.String()
}

// see waits until the screen shows every one of the texts.
func (x *terminal) see(texts ...string) {
	x.t.Helper()
	x.until(func(screen string) bool {
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	}, fmt.Sprintf("%q", texts))
}

// gone waits until the screen does not show text.
func (x *terminal) gone(text string) {
	x.t.Helper()
	x.until(func(screen string) bool { return !strings.Contains(screen, text) }, "the end of "+text)
}

func (x *terminal) until(ok func(string) bool, what string) {
	x.t.Helper()
	late := time.After(patience)
	for {
		if ok(x.text()) {
			return
		}
		select {
		case <-x.changed:
		case <-late:
			x.t.Fatalf("waited in vain for %s on\n%s", what, x.text())
		}
	}
}

// press types keys.
func (x *terminal) press(keys string) {
	x.t.Helper()
	if _, err := io.WriteString(x.tty, keys); err != nil {
		x.t.Fatal(err)
	}
}

func (x *terminal) resize(w, h int) {
	x.t.Helper()
	x.mu.Lock()
	x.screen.Resize(w, h)
	x.mu.Unlock()
	if err := pty.Setsize(x.tty, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		x.t.Fatal(err)
	}
}

// exit waits for the end of the program and returns its exit code.
func (x *terminal) exit() int {
	x.t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- x.cmd.Wait() }()
	select {
	case <-ended:
	case <-time.After(patience):
		x.cmd.Process.Signal(syscall.SIGQUIT)
		x.t.Fatalf("still running on\n%s", x.text())
	}
	<-x.drained
	return x.cmd.ProcessState.ExitCode()
}

// restored checks that every mode which the program switched on is off again.
func (x *terminal) restored() {
	x.t.Helper()
	x.mu.Lock()
	defer x.mu.Unlock()
	raw := x.raw.String()
	for _, mode := range []struct{ name, on, off string }{
		{"alternate screen", "\x1b[?1049h", "\x1b[?1049l"},
		{"hidden cursor", "\x1b[?25l", "\x1b[?25h"},
		{"bracketed paste", "\x1b[?2004h", "\x1b[?2004l"},
		{"mouse", "\x1b[?1002h", "\x1b[?1002l"},
		{"mouse", "\x1b[?1006h", "\x1b[?1006l"},
	} {
		if strings.LastIndex(raw, mode.on) > strings.LastIndex(raw, mode.off) {
			x.t.Errorf("%s was left on", mode.name)
		}
	}
}
