package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// editProfiles opens the configuration file in the user's editor, at a line if joltui knows
// the editor's option for that. Afterwards the file is read again, and mistakes in it are
// shown.
func (p *profiling) editProfiles(line int) tea.Cmd {
	run := &fileEditor{
		terminalProgram: terminalProgram{run: p.options.Foreground},
		editor:          p.options.Editor,
		path:            p.options.ProfilesFile,
		line:            line,
	}
	return tea.Exec(run, func(err error) tea.Msg { return profilesEditedMsg{err} })
}

// profilesEditedMsg says that the editor of the configuration file has ended.
type profilesEditedMsg struct{ err error }

// fileEditor edits a file in place. It implements [tea.ExecCommand].
type fileEditor struct {
	terminalProgram
	editor, path string
	line         int // from 1; 0: the beginning
}

// Run runs the editor, and returns when it has ended. It makes the folder of the file if
// there is none.
func (e *fileEditor) Run() error {
	if err := os.MkdirAll(filepath.Dir(e.path), 0o700); err != nil {
		return err
	}
	return e.edit(e.editor, append(atLine(e.editor, e.line), e.path)...)
}

// atLine returns the arguments that take an editor to a line; none for an editor that it
// does not know, which might take them for a file.
func atLine(editor string, line int) []string {
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
