package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"

	"github.com/creack/pty"
)

// The window, in cells.
const width, height = 160, 50

// patience is how long the driver waits for what must come.
const patience = 30 * time.Second

// terminal is a program on a PTY, and what it has written to it.
type terminal struct {
	cmd   *exec.Cmd
	tty   *os.File
	first time.Duration // from its start to its first whole frame
	ended chan struct{} // closed when nothing more can be read

	mu     sync.Mutex
	limit  int // bytes read a second; 0 is no limit
	wrote  int64
	scan   counterScan
	expect expectation
	moved  chan struct{} // gets a token when something was written
}

// expectation is a text that has to be written after a moment.
type expectation struct {
	text []byte
	tail []byte // of what was written since
	seen chan time.Time
}

// lastRow is in the last row of every program here.
const lastRow = "dropped "

// open runs a program in a window of its own, and returns when that has its
// first whole frame.
func open(cmd *exec.Cmd) (*terminal, error) {
	tty, slave, err := pty.Open()
	if err != nil {
		return nil, err
	}
	defer slave.Close() // again, where it is too late for the one below
	if err := pty.Setsize(tty, &pty.Winsize{Cols: width, Rows: height}); err != nil {
		return nil, err
	}
	cmd.Env = append(cmd.Env, "TERM=xterm-256color", "COLORTERM=truecolor", "HOME="+os.TempDir(), "PATH="+os.Getenv("PATH"))
	cmd.Stdin, cmd.Stdout, cmd.Stderr = slave, slave, slave
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	t := &terminal{cmd: cmd, tty: tty, ended: make(chan struct{}), moved: make(chan struct{}, 1)}
	seen := t.watch(lastRow)
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		tty.Close()
		return nil, err
	}
	slave.Close() // or there would be no end of reading
	go t.read()
	at, err := t.await(seen, lastRow)
	t.first = at.Sub(begin)
	if err != nil {
		t.close()
		return nil, err
	}
	return t, nil
}

// read takes what the program writes, as fast as the limit allows.
func (t *terminal) read() {
	defer close(t.ended)
	buf := make([]byte, 64<<10)
	for {
		room := buf
		if limit := t.readLimit(); limit > 0 {
			const each = 10 * time.Millisecond
			time.Sleep(each)
			room = buf[:min(limit*int(each)/int(time.Second), len(buf))]
		}
		n, err := t.tty.Read(room)
		t.took(buf[:n], time.Now())
		if err != nil {
			return
		}
	}
}

// answers are what a terminal says to the questions that Bubble Tea asks at its
// start, in their order.
var answers = [...]struct{ question, answer string }{
	{"\x1b]11;?\x1b\\", "\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\"},
	{"\x1b[6n", "\x1b[1;1R"},
}

func (t *terminal) took(p []byte, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.wrote < 1<<10 { // only at the start
		for _, a := range answers {
			if bytes.Contains(p, []byte(a.question)) {
				t.tty.WriteString(a.answer)
			}
		}
	}
	t.wrote += int64(len(p))
	t.scan.write(p)
	t.expect.write(p, now)
	select {
	case t.moved <- struct{}{}:
	default:
	}
}

func (e *expectation) write(p []byte, now time.Time) {
	if e.text == nil {
		return
	}
	e.tail = append(e.tail, p...)
	if bytes.Contains(e.tail, e.text) {
		e.text = nil
		e.seen <- now
		return
	}
	if drop := len(e.tail) - len(e.text); drop > 0 {
		e.tail = e.tail[:copy(e.tail, e.tail[drop:])]
	}
}

func (t *terminal) readLimit() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.limit
}

// slowDown makes the terminal read no more than so many bytes a second; 0 is as
// fast as it can.
func (t *terminal) slowDown(bytesPerSecond int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.limit = bytesPerSecond
}

// press types a key, and returns how long it took until text was written.
func (t *terminal) press(key, text string) (time.Duration, error) {
	seen := t.watch(text)
	begin := time.Now()
	if _, err := t.tty.WriteString(key); err != nil {
		return 0, err
	}
	at, err := t.await(seen, text)
	return at.Sub(begin), err
}

// watch begins to look for text in what is written from now on.
func (t *terminal) watch(text string) <-chan time.Time {
	seen := make(chan time.Time, 1)
	t.mu.Lock()
	t.expect = expectation{text: []byte(text), seen: seen}
	t.mu.Unlock()
	return seen
}

func (t *terminal) await(seen <-chan time.Time, text string) (time.Time, error) {
	select {
	case at := <-seen:
		return at, nil
	case <-t.ended:
		return time.Time{}, errors.New("the program has ended")
	case <-time.After(patience):
		return time.Time{}, fmt.Errorf("waited %s in vain for %q", patience, text)
	}
}

// written is how many bytes the program has written so far.
func (t *terminal) written() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.wrote
}

// counters are those on the screen.
func (t *terminal) counters() counters {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.scan.latest
}

// received waits until the screen counts that many messages, and returns all
// counters and when that was.
func (t *terminal) received(n uint64) (counters, time.Time, error) {
	late := time.After(patience)
	for {
		if c := t.counters(); c.received >= n {
			return c, time.Now(), nil
		}
		select {
		case <-t.moved:
		case <-t.ended:
			return t.counters(), time.Time{}, errors.New("the program has ended")
		case <-late:
			return t.counters(), time.Time{}, fmt.Errorf("of %d messages the screen shows %+v", n, t.counters())
		}
	}
}

// close ends the program, by ctrl+c and if need be by force.
func (t *terminal) close() error {
	t.slowDown(0)
	t.tty.WriteString("\x03")
	kill := time.AfterFunc(patience, func() { t.cmd.Process.Kill() })
	defer kill.Stop()
	err := t.cmd.Wait()
	t.tty.Close()
	<-t.ended
	return err
}
