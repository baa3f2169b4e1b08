package editor

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What VISUAL or EDITOR say is for the shell, as with git; what is edited is not.
func TestEditorCommands(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "my tools")
	path := filepath.Join(folder, "ed.sh")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("#!/bin/sh\nfor a; do echo \"<$a>\"; done\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TOOLS", folder)
	for editor, want := range map[string]string{
		`'` + path + `' --wait`:              "<--wait>",
		`"` + path + `" --wait "two words"`:  "<--wait> <two words>",
		strings.ReplaceAll(path, " ", `\ `):  "",
		`"$TOOLS/ed.sh" -x`:                  "<-x>",
		`FOLDER=here "$TOOLS"/ed.sh   --a  `: "<--a>",
	} {
		var out strings.Builder
		p := Program{Start: (*exec.Cmd).Run, out: &out, errs: &out}
		if err := p.Edit(editor, "+3", "$(a file); 'x'"); err != nil {
			t.Errorf("%s: %v: %s", editor, err, &out)
		}
		got, files := strings.Join(strings.Fields(strings.ReplaceAll(out.String(), "\n", " ")), " "), "<+3> <$(a file); 'x'>"
		if got != strings.TrimSpace(want+" "+files) {
			t.Errorf("%s was given %s", editor, got)
		}
	}
}

func TestEditorsOnWindows(t *testing.T) {
	got := quotedFields(`"C:\Program Files\VS Code\code.cmd"  --wait "a b"`)
	if want := []string{`C:\Program Files\VS Code\code.cmd`, "--wait", "a b"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestAtLine(t *testing.T) {
	if got := AtLine("/usr/bin/vim -p", 8); !slices.Equal(got, []string{"+8"}) {
		t.Errorf("%q for vim", got)
	}
	if got := AtLine("code --wait", 8); got != nil {
		t.Errorf("%q for an editor that could take it for a file", got)
	}
}
