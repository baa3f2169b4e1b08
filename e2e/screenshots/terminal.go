package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// patience is how long a scene waits for what has to be seen.
const patience = 30 * time.Second

// terminal is a program on a PTY, and the screen that it draws.
type terminal struct {
	cmd  *exec.Cmd
	tty  *os.File
	home string

	mu     sync.Mutex
	screen *vt.Emulator
}

// open starts a program in a window of w×h cells, with nothing of whoever runs it.
func open(cmd *exec.Cmd, w, h int) (*terminal, error) {
	home, err := os.MkdirTemp("", "joltui-home")
	if err != nil {
		return nil, err
	}
	cmd.Env = []string{"TERM=xterm-256color", "COLORTERM=truecolor", "HOME=" + home, "PATH=" + os.Getenv("PATH")}
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)})
	if err != nil {
		os.RemoveAll(home)
		return nil, err
	}
	t := &terminal{cmd: cmd, tty: tty, home: home, screen: vt.NewEmulator(w, h)}
	go io.Copy(tty, t.screen) // answers the program's questions
	go t.draw()
	return t, nil
}

func (t *terminal) draw() {
	buf := make([]byte, 1<<16)
	for {
		n, err := t.tty.Read(buf)
		t.mu.Lock()
		t.screen.Write(buf[:n])
		t.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (t *terminal) press(keys string) error {
	_, err := io.WriteString(t.tty, keys)
	return err
}

// waitFor returns when all texts are on the screen, and have been for a moment.
func (t *terminal) waitFor(texts []string) error {
	const settled = 300 * time.Millisecond
	deadline := time.Now().Add(patience)
	for {
		missing := ""
		screen := t.text()
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				missing = text
			}
		}
		time.Sleep(settled)
		switch {
		case missing == "":
			return nil
		case time.Now().After(deadline):
			return fmt.Errorf("waited in vain for %q on\n%s", missing, screen)
		}
	}
}

func (t *terminal) text() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.screen.String()
}

// cells is what the screen shows; a nil cell is blank.
func (t *terminal) cells() [][]*uv.Cell {
	t.mu.Lock()
	defer t.mu.Unlock()
	rows := make([][]*uv.Cell, t.screen.Height())
	for y := range rows {
		rows[y] = make([]*uv.Cell, t.screen.Width())
		for x := range rows[y] {
			if c := t.screen.CellAt(x, y); c != nil {
				rows[y][x] = c.Clone()
			}
		}
	}
	return rows
}

func (t *terminal) close() {
	t.cmd.Process.Kill()
	t.cmd.Wait()
	t.tty.Close()
	t.screen.InputPipe().(io.Closer).Close()
	os.RemoveAll(t.home)
}
