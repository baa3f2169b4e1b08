package ui

import (
	"errors"
	"fmt"
	"io"
	"os/exec"
	"runtime"
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

// edit runs an editor, which is a command as [editorCommand] reads it, with args after its
// own, and returns when it has ended.
func (p *terminalProgram) edit(editor string, args ...string) error {
	if strings.TrimSpace(editor) == "" {
		return errors.New("there is no editor: set VISUAL or EDITOR")
	}
	cmd := editorCommand(editor, args)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = p.in, p.out, p.errs
	if err := p.run(cmd); err != nil {
		return fmt.Errorf("%s: %w", editor, err)
	}
	return nil
}

// shellSigns are those for which a command needs a shell.
const shellSigns = "|&;<>()$`\\\"' \t\n*?[#~=%"

// editorCommand runs what VISUAL or EDITOR say as git does: by the shell, to which quotes,
// blanks and variables mean what they mean there. The arguments are never part of that.
// Windows has no such shell: there a path in quotes is one, and all else is separated by
// blanks.
func editorCommand(editor string, args []string) *exec.Cmd {
	if !strings.ContainsAny(editor, shellSigns) {
		return exec.Command(editor, args...)
	}
	if runtime.GOOS != "windows" {
		script := editor + ` "$@"`
		if !strings.ContainsAny(editor, "=|&;<>()\n") { // a single command
			script = "exec " + script // so that a signal for the editor reaches it
		}
		return exec.Command("/bin/sh", append([]string{"-c", script, editor}, args...)...)
	}
	command := quotedFields(editor)
	return exec.Command(command[0], append(command[1:], args...)...)
}

// quotedFields separates text at blanks that are not in double quotes.
func quotedFields(text string) []string {
	quoted := false
	fields := strings.FieldsFunc(text, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return !quoted && (r == ' ' || r == '\t')
	})
	for i, field := range fields {
		fields[i] = strings.ReplaceAll(field, `"`, "")
	}
	return fields
}
