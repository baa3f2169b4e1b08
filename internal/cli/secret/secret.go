package secret

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
	"unicode/utf8"

	"github.com/charmbracelet/x/term"

	"joltui/internal/bom"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/heed"
	"joltui/internal/printable"
)

// Max is the longest password that is read, in bytes.
const Max = 4096

// Prompt asks at the terminal, without an echo. An empty answer is an error.
func Prompt(env process.Env, question string) (string, error) {
	fmt.Fprint(env.Stderr, printable.Line(question))
	answer, err := readPassword(env.Stdin)
	fmt.Fprintln(env.Stderr)
	if err != nil {
		return "", fmt.Errorf("the password could not be read: %w", err)
	}
	if len(answer) == 0 {
		return "", exit.Usagef("the password is empty")
	}
	return answer, nil
}

// readPassword reads a line without an echo. A signal that would end the
// process, with the echo still off, only ends the reading.
func readPassword(stdin *os.File) (string, error) {
	signals := make(chan os.Signal, 1) // before the echo goes off: nothing may come in between
	heed.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	continued := make(chan os.Signal, 1)
	heed.Continued(continued)
	defer signal.Stop(continued)
	before, err := term.MakeRaw(stdin.Fd())
	if err != nil {
		return "", err
	}
	type line struct {
		text string
		err  error
	}
	typed := make(chan line, 1)
	go func() {
		text, err := readTyped(stdin)
		typed <- line{text, err}
	}()
	for {
		select {
		case l := <-typed:
			return l.text, errors.Join(l.err, term.Restore(stdin.Fd(), before))
		case <-continued:
			// A shell had the terminal meanwhile, and has switched the echo on.
			if _, err := term.MakeRaw(stdin.Fd()); err != nil {
				return "", errors.Join(err, term.Restore(stdin.Fd(), before))
			}
		case <-signals:
			// The read cannot be called off; it ends with the process.
			return "", errors.Join(exit.ErrInterrupted, term.Restore(stdin.Fd(), before))
		}
	}
}

// ErrCancelled is for ctrl+c. It came as a key, and so nothing is left that
// reads the terminal: the process can go on.
var ErrCancelled = errors.New("cancelled")

// readTyped reads a line as it is typed on a raw terminal, byte by byte: what
// comes after it is for others.
func readTyped(r io.Reader) (string, error) {
	const ctrlC, ctrlD, ctrlU, backspace, del = 3, 4, 21, 8, 127
	var line []byte
	var next [1]byte
	for len(line) <= Max {
		if _, err := io.ReadFull(r, next[:]); err != nil {
			return "", err
		}
		switch next[0] {
		case '\r', '\n':
			return string(line), nil
		case ctrlC, ctrlD:
			return "", ErrCancelled
		case ctrlU:
			line = line[:0]
		case backspace, del:
			_, size := utf8.DecodeLastRune(line)
			line = line[:len(line)-size]
		default:
			if next[0] >= ' ' || next[0] == '\t' { // no other key of a terminal is text
				line = append(line, next[0])
			}
		}
	}
	return "", fmt.Errorf("it is longer than %d bytes", Max)
}

// readLine returns the first line of r without its end.
func readLine(r io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(r, Max+2)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	line = strings.TrimRight(string(bom.Cut([]byte(line))), "\r\n")
	if len(line) > Max {
		return "", fmt.Errorf("the line is longer than %d bytes", Max)
	}
	return line, nil
}

// othersMayRead reports whether anybody but the owner can read a file. Windows
// keeps that elsewhere than in the mode.
func othersMayRead(info os.FileInfo) bool {
	return runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0
}

// New asks for a password twice, on a terminal; elsewhere it is the first line of
// stdin. An empty one is an error.
func New(env process.Env) (string, error) {
	if !term.IsTerminal(env.Stdin.Fd()) {
		password, err := readLine(env.Stdin)
		if err == nil && password == "" {
			err = exit.Usagef("no password on stdin")
		}
		return password, err
	}
	first, err := Prompt(env, "Password: ")
	if err != nil {
		return "", err
	}
	second, err := Prompt(env, "The same again: ")
	if err == nil && first != second {
		err = exit.Usagef("the two passwords differ")
	}
	return first, err
}

// ReadFile returns the first line of a file, which said has named.
func ReadFile(said, path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", exit.Usagef("%s: %w", said, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", exit.Usagef("%s: %w", said, err)
	}
	if info.IsDir() {
		return "", exit.Usagef("%s: %s is a folder", said, path)
	}
	if othersMayRead(info) {
		return "", exit.Usagef("%s: %s can be read by others (mode %04o): run chmod 600 %[2]s", said, path, info.Mode().Perm())
	}
	line, err := readLine(f)
	if err != nil || line == "" {
		return "", exit.Usagef("%s: %s holds no password in its first line", said, path)
	}
	return line, nil
}
