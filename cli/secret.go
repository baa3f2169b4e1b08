package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"github.com/charmbracelet/x/term"

	"joltui/printable"
)

// maxSecret is the longest password that is read, in bytes.
const maxSecret = 4096

// prompt asks at the terminal, without an echo.
func prompt(env Env, question string) (string, error) {
	fmt.Fprint(env.Stderr, printable.Line(question))
	answer, err := term.ReadPassword(env.Stdin.Fd())
	fmt.Fprintln(env.Stderr)
	if err != nil {
		return "", fmt.Errorf("the password could not be read: %w", err)
	}
	if len(answer) == 0 {
		return "", usageError("the password is empty")
	}
	return string(answer), nil
}

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
