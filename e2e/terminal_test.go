// Package e2e runs the real joltui in a real terminal. It is a module of its
// own so that what only these tests need stays out of joltui's go.mod.
package e2e

import (
	"bytes"
	"errors"
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
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// patience is how long a test waits for what must come. It is only reached by
// a test that fails.
const patience = 20 * time.Second

// binary is joltui, and panicker is joltui with panics.
var binary, panicker string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "joltui-e2e")
	if err != nil {
		panic(err)
	}
	binary, panicker = filepath.Join(dir, "joltui"), filepath.Join(dir, "panicker")
	flags := strings.Fields(os.Getenv("BUILDFLAGS")) // -race, for one
	err = errors.Join(build(binary, "..", ".", flags), build(panicker, ".", "./panicker", flags))
	code := 1
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	} else {
		code = m.Run()
	}
	os.RemoveAll(dir)
	os.Exit(code)
}

func build(to, dir, pkg string, flags []string) error {
	cmd := exec.Command("go", slices.Concat([]string{"build"}, flags, []string{"-o", to, pkg})...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build %s: %w\n%s", pkg, err, out)
	}
	return nil
}

// terminal is a program that runs on a PTY, and the screen that it draws.
type terminal struct {
	t      *testing.T
	cmd    *exec.Cmd
	tty    *os.File
	before *term.State // of the line discipline
	prior  string      // what is on the screen below that of the program

	mu      sync.Mutex
	screen  *vt.Emulator
	raw     strings.Builder
	modes   map[ansi.Mode]bool // those that were ever switched, as they are
	backAt  time.Time          // since when the terminal is as it was; zero while it is not
	frames  frames
	whole   bool          // what was drawn last was the end of a frame
	changed chan struct{} // gets a token whenever something was drawn
	drained chan struct{} // closed when the PTY has nothing more to read
}

// open runs joltui in a window of w×h cells.
func open(t *testing.T, w, h int, args ...string) *terminal {
	t.Helper()
	return run(t, w, h, exec.Command(binary, args...), true)
}

// prior is what is on the screen when a program starts.
const prior = "~ $ joltui"

// run runs any program. Unless controlled, the terminal sends it no signals.
func run(t *testing.T, w, h int, cmd *exec.Cmd, controlled bool) *terminal {
	t.Helper()
	tty, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer slave.Close()
	term := &terminal{
		t: t, cmd: cmd, tty: tty, prior: prior,
		screen:  vt.NewEmulator(w, h),
		modes:   make(map[ansi.Mode]bool),
		changed: make(chan struct{}, 1),
		drained: make(chan struct{}),
	}
	term.before = term.lineDiscipline()
	term.screen.WriteString(prior + "\r\n")
	term.screen.SetCallbacks(vt.Callbacks{
		EnableMode:  func(m ansi.Mode) { term.modes[m] = true },
		DisableMode: func(m ansi.Mode) { term.modes[m] = false },
	})
	if err := pty.Setsize(tty, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		t.Fatal(err)
	}
	if cmd.Env == nil {
		cmd.Env = environ(t)
	}
	attach(cmd, slave)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: controlled}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go term.answer()
	go term.draw()
	t.Cleanup(func() {
		cmd.Process.Kill()
		tty.Close()
		<-term.drained
		term.screen.InputPipe().(io.Closer).Close() // ends answer
	})
	return term
}

// attach gives a program the terminal for what it does not have yet. Its
// controlling terminal is always that on stdin.
func attach(cmd *exec.Cmd, slave *os.File) {
	if cmd.Stdin == nil {
		cmd.Stdin = slave
	}
	if cmd.Stdout == nil {
		cmd.Stdout = slave
	}
	if cmd.Stderr == nil {
		cmd.Stderr = slave
	}
}

// environ is what a program knows of its surroundings; more comes on top. The
// race detector is told not to make every program wait a second at its end.
func environ(t *testing.T, more ...string) []string {
	return append([]string{"GORACE=atexit_sleep_ms=0", "TERM=xterm-256color", "COLORTERM=truecolor", "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}, more...)
}

// answer sends back what the terminal replies to the program's questions.
func (x *terminal) answer() { io.Copy(x.tty, x.screen) }

func (x *terminal) draw() {
	defer close(x.drained)
	buf := make([]byte, 1<<16)
	var pending []byte
	for {
		n, err := x.tty.Read(buf)
		x.mu.Lock()
		x.raw.Write(buf[:n])
		pending = append(pending, buf[:n]...)
		shown := len(pending)
		if err == nil {
			shown = wholeClusters(pending)
		}
		x.screen.Write(pending[:shown])
		x.watch()
		x.whole = frameEnd.Match(pending[:shown])
		x.frames.drawn(x, pending[:shown])
		pending = append(pending[:0], pending[shown:]...)
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

// wholeClusters is how much of what was read the emulator may be given: it takes
// the parts of a character that come apart for two. A frame may be read in
// parts, but it ends with a sequence, or begins with CR; what is short and ASCII
// is no frame.
func wholeClusters(read []byte) int {
	cut := max(bytes.LastIndexAny(read, "\x1b\r\n"), 0)
	tail := string(read[cut:])
	ascii := strings.IndexFunc(tail, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
	if ascii && (meant[tail] || plainCSI(tail) || len(read) < 1000) {
		return len(read)
	}
	return cut
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

// bytes is all that the program wrote.
func (x *terminal) bytes() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.raw.String()
}

// poll waits for what the terminal does not announce.
func (x *terminal) poll(what string, ok func() bool) {
	x.t.Helper()
	ticks, late := time.NewTicker(time.Millisecond), time.After(patience)
	defer ticks.Stop()
	for !ok() {
		select {
		case <-ticks.C:
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

// step types a key and waits until the screen is another one, drawn to its end:
// of keys that come faster than the terminal takes frames, only the last is drawn.
func (x *terminal) step(key string) {
	x.t.Helper()
	before := x.text()
	x.press(key)
	x.until(func(screen string) bool { return screen != before && x.framed() }, fmt.Sprintf("what %q does", key))
}

// framed reports whether the last frame was drawn to its end.
func (x *terminal) framed() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.whole
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
