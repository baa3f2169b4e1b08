package ui

import (
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
)

// ErrEnding says that a program in the terminal was ended before it was done, because the
// dashboard has to end.
var ErrEnding = errors.New("the dashboard ended meanwhile")

// terminalProgram is a command of the user that has the terminal while it runs.
type terminalProgram struct {
	run       func(*exec.Cmd) error // see [Options.Foreground]
	in        io.Reader
	out, errs io.Writer
}

// SetStdin implements [tea.ExecCommand]. Bubble Tea does nothing until Run returns, so
// nothing else writes to the terminal meanwhile.
func (p *terminalProgram) SetStdin(in io.Reader) { p.in = in }

// SetStdout implements [tea.ExecCommand].
func (p *terminalProgram) SetStdout(out io.Writer) { p.out = out }

// SetStderr implements [tea.ExecCommand].
func (p *terminalProgram) SetStderr(out io.Writer) { p.errs = out }

// edit runs an editor, which is a command with arguments separated by blanks, with args
// after these, and returns when it has ended.
func (p *terminalProgram) edit(editor string, args ...string) error {
	command := strings.Fields(editor)
	if len(command) == 0 {
		return errors.New("there is no editor: set VISUAL or EDITOR")
	}
	cmd := exec.Command(command[0], append(command[1:], args...)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = p.in, p.out, p.errs
	if err := p.run(cmd); err != nil {
		return fmt.Errorf("%s: %w", editor, err)
	}
	return nil
}
