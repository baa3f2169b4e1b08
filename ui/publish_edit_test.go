package ui

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"joltui/internal/editor"
	"joltui/ui/views/publish"
)

// writePayload returns the path of a new file.
func writePayload(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoadingAFile(t *testing.T) {
	for _, text := range []string{"", "{\"a\":1}\r\n\t\x00世界\n", strings.Repeat("x", publish.MaxPayload)} {
		s := watchOrders(t, 120, 40, Options{})
		s.press("p", "text:a", "enter", "text:draft", "ctrl+o", "text:"+writePayload(t, "f", text), "enter")
		if got := s.model.publish.Message(); got.Data != text || got.Topic != "a" {
			t.Errorf("%d bytes on %s, want %d", len(got.Data), got.Topic, len(text))
		}
		s.contains("· loaded ")
		s.press("up", "up", "up") // beyond the first line
		if got := s.model.publish.Message().Data; got != "draft" {
			t.Errorf("the history has %.20q, want the draft", got)
		}
	}
}

func TestWhatCannotBeLoaded(t *testing.T) {
	for path, want := range map[string]string{
		"/nowhere/at/all": "not loaded: /nowhere/at/all: no such file or directory",
		t.TempDir():       "is no regular file",
		writePayload(t, "big", strings.Repeat("x", publish.MaxPayload+1)): "has 1 MB, and a payload has at most 1 MiB",
		writePayload(t, "latin", "caf\xe9"):                               "is not UTF-8 from byte 4 on: messages are JSON text",
	} {
		s := watchOrders(t, 200, 40, Options{})
		s.press("p", "text:a", "enter", "text:draft", "ctrl+o", "text:"+path, "enter")
		s.contains("> draft", want)
	}
}

func TestThePathOfAFileIsCompleted(t *testing.T) {
	path := writePayload(t, "other", "")
	s := watchOrders(t, 200, 40, Options{})
	s.press("p", "ctrl+o", "text:"+strings.TrimSuffix(path, "er"), "tab")
	s.contains(path, "1 of 1")
	later := filepath.Dir(path) + string(filepath.Separator) + "later"
	s.press("ctrl+u", "text:"+strings.TrimSuffix(later, "er"), "tab")
	s.contains("nothing to complete with")
	if err := os.WriteFile(later, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.press("tab") // asks again
	s.press("tab")
	s.contains(later, "1 of 1")
}

// edit runs a script as the editor; $1 is the file.
func edit(t *testing.T, before, script string) (after string, err error) {
	t.Helper()
	run := &editorRun{Program: plainly(), command: "sh " + writePayload(t, "editor", script), before: before}
	err = run.Run()
	return run.after, err
}

// plainly returns a editor.Program that runs commands directly.
func plainly() editor.Program { return editor.Program{Start: (*exec.Cmd).Run} }

// If the dashboard has to end while the editor is open, the file that the editor has saved
// stays, and the user is told where it is.
func TestTheDraftOutlivesTheDashboard(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	ending := func(cmd *exec.Cmd) error { return errors.Join(cmd.Run(), ErrEnding) }
	var told string
	run := &editorRun{
		Program:  editor.Program{Start: ending},
		command:  "sh " + writePayload(t, "editor", `printf saved > "$1"`),
		before:   "draft",
		farewell: func(text string) { told = text },
	}
	if err := run.Run(); !errors.Is(err, ErrEnding) {
		t.Errorf("the error is %v", err)
	}
	path, found := strings.CutPrefix(told, "the draft, as far as the editor had saved it, is in ")
	if text, err := os.ReadFile(path); !found || err != nil || string(text) != "saved" {
		t.Errorf("told %q: the file has %q, %v", told, text, err)
	}
}

func TestEditorChangesTheText(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for _, tc := range []struct{ before, script, want string }{
		{"a", `printf 'b\n' > "$1"`, "b"},
		{"a", `printf 'b\n\n' > "$1"`, "b\n"},
		{"a\n", `printf 'b\n' > "$1"`, "b\n"},
		{"a\n世界", `cat "$1" "$1" > "$1.new"; mv "$1.new" "$1"`, "a\n世界a\n世界"},
		{"a", `ls -l "$1" | cut -c 1-10 > "$1.mode"; mv "$1.mode" "$1"`, "-rw-------"},
	} {
		if got, err := edit(t, tc.before, tc.script); err != nil || got != tc.want {
			t.Errorf("%q after %s: %q, %v; want %q", tc.before, tc.script, got, err, tc.want)
		}
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("%v, %v is left behind", left, err)
	}
}

func TestEditorThatFails(t *testing.T) {
	for script, want := range map[string]string{
		`printf lost > "$1"; exit 3`: "exit status 3",
		`printf '\377' > "$1"`:       "is not UTF-8 from byte 1 on",
		`rm "$1"`:                    "no such file",
		`dd if=/dev/zero of="$1" bs=1024 count=1025 2>/dev/null`: "at most 1 MiB",
	} {
		if got, err := edit(t, "a", script); err == nil || !strings.Contains(err.Error(), want) || got != "" {
			t.Errorf("%s: %q, %v; want %s", script, got, err, want)
		}
	}
	if err := (&editorRun{command: " "}).Run(); err == nil || !strings.Contains(err.Error(), "set VISUAL or EDITOR") {
		t.Errorf("without an editor: %v", err)
	}
}

func TestWhatTheEditorMadeIsTheDraft(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("p", "text:a", "enter", "text:draft")
	s.send(editedMsg{err: os.ErrPermission})
	s.contains("> draft", "draft kept: permission denied")
	s.send(editedMsg{text: "edited\ntext"})
	s.contains("> edited")
	if s.press("enter"); s.client.last(t).Data != "edited\ntext" {
		t.Errorf("published %q", s.client.last(t).Data)
	}
}
