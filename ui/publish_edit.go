package ui

import (
	"errors"
	"fmt"
	"os"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/editor"
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/ui/paths"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/publish"
)

// editMessage puts a received message into the publish box, if it was kept whole and is
// small enough.
func (b *publishing) editMessage(e feed.Entry) {
	switch topic := printable.Name(e.Topic, 64); {
	case !b.mayPublish():
		return
	case len(e.Data) < e.Size:
		b.note(fmt.Sprintf("not edited: only %s of the %s of this message on %s were kept",
			human.Bytes(uint64(len(e.Data))), human.Bytes(uint64(e.Size)), topic))
		return
	case e.Size > publish.MaxPayload:
		b.note(fmt.Sprintf("not edited: this message on %s has %s, and a payload has at most 1 MiB",
			topic, human.Bytes(uint64(e.Size))))
		return
	}
	b.pages.close()
	b.openPublish()
	b.publish.Replace(intent.Publish{Topic: e.Topic, Data: e.Data})
}

// askFile asks which file to load.
func (b *publishing) askFile() tea.Cmd {
	files := b.options.Files
	if files == nil {
		b.refuse("not loaded: " + b.noMachine(noFiles))
		return nil
	}
	b.prompt.Ask(b.file.Question("load payload from ", "the path of a file", "", func(path string) kit.Intent {
		return kit.Do(func() tea.Cmd { return loadFile(files, path) })
	}))
	return b.file.Begin("")
}

// editDraft opens the payload in the user's editor. The dashboard goes on receiving
// meanwhile.
func (b *publishing) editDraft() tea.Cmd {
	if b.options.Away {
		b.refuse("no editor is opened: " + away)
		return nil
	}
	run := &editorRun{
		Program:  editor.Program{Start: b.options.Foreground},
		command:  b.options.Editor,
		before:   b.publish.Message().Data,
		farewell: b.options.Farewell,
	}
	return tea.Exec(run, func(err error) tea.Msg { return editedMsg{text: run.after, err: err} })
}

// editedMsg is the result of editing the draft.
type editedMsg struct {
	text string
	err  error
}

func (b *publishing) edited(msg editedMsg) {
	if msg.err != nil {
		b.refuse("draft kept: " + msg.err.Error())
		return
	}
	b.publish.SetPayload(msg.text)
}

// editorRun edits a text in an editor that has the terminal while it runs. The text is in a
// file that nobody else can read. The file is removed afterwards, unless the dashboard ends
// meanwhile: it is then the only copy, and the user is told where it is. It implements
// [tea.ExecCommand].
type editorRun struct {
	editor.Program
	command       string // with its arguments, separated by blanks
	before, after string
	farewell      func(text string)
}

// Run runs the editor, and returns when it has ended.
func (r *editorRun) Run() error {
	file, err := os.CreateTemp("", "joltui-*.json") // with mode 0600
	if err != nil {
		return err
	}
	_, err = file.WriteString(r.before)
	if err = errors.Join(err, file.Close()); err == nil {
		err = r.Edit(r.command, file.Name())
	}
	if errors.Is(err, ErrEnding) {
		r.farewell("the draft, as far as the editor had saved it, is in " + file.Name())
		return err
	}
	defer os.Remove(file.Name())
	if err != nil {
		return err
	}
	text, err := paths.Disk{}.Payload(file.Name())
	if err != nil {
		return err
	}
	if !strings.HasSuffix(r.before, "\n") { // most editors add a line feed at the end
		text = strings.TrimSuffix(text, "\n")
	}
	r.after = text
	return nil
}

// loadedMsg is the result of loading a file.
type loadedMsg struct {
	path, text string
	err        error
}

func loadFile(files paths.Files, path string) tea.Cmd {
	return func() tea.Msg {
		text, err := files.Payload(path)
		return loadedMsg{path, text, err}
	}
}

func (b *publishing) loaded(msg loadedMsg) {
	if msg.err != nil {
		b.refuse("not loaded: " + msg.err.Error())
		return
	}
	now := b.publish.Message()
	b.publish.Replace(intent.Publish{Topic: now.Topic, Data: msg.text, Template: now.Template})
	b.note(fmt.Sprintf("loaded %s from %s", human.Bytes(uint64(len(msg.text))), msg.path))
}
