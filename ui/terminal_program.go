package ui

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// terminalProgram is a command of the user's that has the terminal while it runs.
type terminalProgram struct {
	in        io.Reader
	out, errs io.Writer
}

// SetStdin sets what the program reads. An editor wants the terminal itself: what
// is no [os.File], exec copies through a pipe.
func (p *terminalProgram) SetStdin(in io.Reader) {
	if wrapped, ok := in.(interface{ Terminal() *os.File }); ok {
		in = wrapped.Terminal()
	}
	p.in = in
}

func (p *terminalProgram) SetStdout(out io.Writer) { p.out = out }
func (p *terminalProgram) SetStderr(out io.Writer) { p.errs = out }

// edit runs an editor, a command with its arguments separated by blanks, on what
// args say, and returns when it has ended.
func (p *terminalProgram) edit(editor string, args ...string) error {
	command := strings.Fields(editor)
	if len(command) == 0 {
		return errors.New("there is no editor: set VISUAL or EDITOR")
	}
	cmd := exec.Command(command[0], append(command[1:], args...)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = p.in, p.out, p.errs
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", editor, err)
	}
	return nil
}
