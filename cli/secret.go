package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"github.com/charmbracelet/x/term"

	"joltui/printable"
)

// maxSecret is the longest password that is read, in bytes.
const maxSecret = 4096

// prompt asks at the terminal, without an echo.
func prompt(env Env, question string) (string, error) {
	fmt.Fprint(env.Stderr, printable.Line(question))
	answer, err := readPassword(env.Stdin.Fd())
	fmt.Fprintln(env.Stderr)
	if err != nil {
		return "", fmt.Errorf("the password could not be read: %w", err)
	}
	if len(answer) == 0 {
		return "", usageError("the password is empty")
	}
	return string(answer), nil
}

// readPassword reads a line without an echo. A signal that would end the
// process, with the echo still off, only ends the reading.
func readPassword(fd uintptr) ([]byte, error) {
	before, err := term.GetState(fd)
	if err != nil {
		return nil, err
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	type line struct {
		text []byte
		err  error
	}
	typed := make(chan line, 1)
	go func() {
		text, err := term.ReadPassword(fd)
		typed <- line{text, err}
	}()
	select {
	case l := <-typed:
		return l.text, l.err
	case <-signals:
		// The read cannot be called off; it ends with the process.
		return nil, errors.Join(errInterrupted, term.Restore(fd, before))
	}
}

var errInterrupted = errors.New("interrupted")

// readLine returns the first line of r without its end.
func readLine(r io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(r, maxSecret+2)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	line = strings.TrimRight(line, "\r\n")
	if len(line) > maxSecret {
		return "", fmt.Errorf("the line is longer than %d bytes", maxSecret)
	}
	return line, nil
}

// othersMayRead reports whether anybody but the owner can read a file. Windows
// keeps that elsewhere than in the mode.
func othersMayRead(info os.FileInfo) bool {
	return runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0
}
