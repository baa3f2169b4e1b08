package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// editProfiles opens the configuration file in the user's editor, at a line if it
// is known how to tell the editor so. Afterwards the file is read again, and what
// is wrong with it shown.
func (p *profiling) editProfiles(line int) tea.Cmd {
	run := &fileEditor{
		terminalProgram: terminalProgram{run: p.options.Foreground},
		editor:          p.options.Editor,
		path:            p.options.ProfilesFile,
		line:            line,
	}
	return tea.Exec(run, func(err error) tea.Msg { return profilesEditedMsg{err} })
}

// profilesEditedMsg is what has come of editing the configuration file.
type profilesEditedMsg struct{ err error }

// fileEditor edits a file where it is.
type fileEditor struct {
	terminalProgram
	editor, path string
	line         int // from 1; 0 is not known
}

// Run returns when the editor has ended. The folder is made if there is none.
func (e *fileEditor) Run() error {
	if err := os.MkdirAll(filepath.Dir(e.path), 0o700); err != nil {
		return err
	}
	return e.edit(e.editor, append(atLine(e.editor, e.line), e.path)...)
}

// atLine are the arguments that take an editor to a line. Others might take them
// for a file.
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
