package human

import (
	"path/filepath"
	"runtime"
	"testing"
)

func TestHome(t *testing.T) {
	home := t.TempDir()
	name := "HOME"
	if runtime.GOOS == "windows" {
		name = "USERPROFILE"
	}
	t.Setenv(name, home)
	for path, want := range map[string]string{
		"~": "~", "~/": home, "~/a/b": filepath.Join(home, "a", "b"),
		"~alice/a": "~alice/a", "a/~/b": "a/~/b", "a~/b": "a~/b", "/a": "/a", "": "",
	} {
		if got := Home(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
	t.Setenv(name, "")
	if got := Home("~/a"); got != "~/a" {
		t.Errorf("without a home folder: %q", got)
	}
}
