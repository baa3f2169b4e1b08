package editor

import (
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// Program is an editor that has the terminal while it runs. With the method Run of what
// embeds it, it is a command for Bubble Tea.
type Program struct {
	// Start runs a command and returns when it has ended.
	Start     func(*exec.Cmd) error
	in        io.Reader
	out, errs io.Writer
}

// SetStdin takes the input of the terminal. Bubble Tea does nothing until Run returns, so
// nothing else writes to the terminal meanwhile.
func (p *Program) SetStdin(in io.Reader) { p.in = in }

// SetStdout takes the output of the terminal.
func (p *Program) SetStdout(out io.Writer) { p.out = out }

// SetStderr takes the output for errors.
func (p *Program) SetStderr(out io.Writer) { p.errs = out }

// Edit runs an editor, which is a command as [editorCommand] reads it, with args after its
// own, and returns when it has ended.
func (p *Program) Edit(editor string, args ...string) error {
	if strings.TrimSpace(editor) == "" {
		return errors.New("there is no editor: set VISUAL or EDITOR")
	}
	cmd := editorCommand(editor, args)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = p.in, p.out, p.errs
	if err := p.Start(cmd); err != nil {
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

// AtLine returns the arguments that take an editor to a line; none for an editor that it
// does not know, which might take them for a file.
func AtLine(editor string, line int) []string {
	command := quotedFields(editor)
	if len(command) == 0 || line <= 0 {
		return nil
	}
	name := strings.TrimSuffix(filepath.Base(command[0]), ".exe")
	if !slices.Contains([]string{"vi", "vim", "nvim", "view", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe", "mg", "ne"}, name) {
		return nil
	}
	return []string{fmt.Sprintf("+%d", line)}
}
