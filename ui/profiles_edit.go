package ui

import (
	"joltui/internal/editor"
	"os"
	"path/filepath"

	tea "github.com/charmbracelet/bubbletea"
)

// editProfiles opens the configuration file in the user's editor, at a line if joltui knows
// the editor's option for that. Afterwards the file is read again, and mistakes in it are
// shown.
func (p *profiling) editProfiles(line int) tea.Cmd {
	run := &fileEditor{
		Program: editor.Program{Start: p.options.Foreground},
		command: p.options.Editor,
		path:    p.options.ProfilesFile,
		line:    line,
	}
	return tea.Exec(run, func(err error) tea.Msg { return profilesEditedMsg{err} })
}

// profilesEditedMsg says that the editor of the configuration file has ended.
type profilesEditedMsg struct{ err error }

// fileEditor edits a file in place. It implements [tea.ExecCommand].
type fileEditor struct {
	editor.Program
	command, path string
	line          int // from 1; 0: the beginning
}

// Run runs the editor, and returns when it has ended. It makes the folder of the file if
// there is none.
func (e *fileEditor) Run() error {
	if err := os.MkdirAll(filepath.Dir(e.path), 0o700); err != nil {
		return err
	}
	return e.Edit(e.command, append(editor.AtLine(e.command, e.line), e.path)...)
}
