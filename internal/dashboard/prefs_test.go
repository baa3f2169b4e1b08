package dashboard

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"joltui/ui"
	"joltui/ui/layout"
	"joltui/ui/theme"
)

func TestPrefsFile(t *testing.T) {
	f := PrefsFile{filepath.Join(t.TempDir(), "joltui", "screen", "default.json")}
	if p, err := f.Load(); p != (ui.Prefs{}) || err != nil {
		t.Fatalf("without a file: %+v, %v", p, err)
	}
	want := ui.Prefs{Layout: "focus", Splits: layout.Splits{Topics: 0.25, Log: 1.0 / 3}, Theme: theme.Light, Times: "delta", Wrap: true}
	for _, p := range []ui.Prefs{{Mouse: true}, want} {
		if err := f.Save(p); err != nil {
			t.Fatal(err)
		}
		if got, err := f.Load(); got != p || err != nil {
			t.Errorf("saved %+v, loaded %+v, %v", p, got, err)
		}
	}
	info, err := os.Stat(f.path)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode != 0o600 {
		t.Errorf("the file has mode %04o", mode)
	}
	if files, _ := os.ReadDir(filepath.Dir(f.path)); len(files) != 1 {
		t.Errorf("%d files are left", len(files))
	}
}

func TestPrefsFileThatIsDamaged(t *testing.T) {
	f := PrefsFile{filepath.Join(t.TempDir(), "default.json")}
	if err := os.WriteFile(f.path, []byte(`{"layout":"focus","wrap":`), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := f.Load()
	if p != (ui.Prefs{}) || err == nil || !strings.Contains(err.Error(), f.path) {
		t.Errorf("loaded %+v, %v", p, err)
	}
}

func TestPrefsFileThatCannotBeWritten(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	f := PrefsFile{filepath.Join(folder, "default.json")}
	if err := f.Save(ui.Prefs{}); err == nil {
		t.Error("no error")
	}
	if _, err := f.Load(); err == nil {
		t.Error("no error from a path through a file")
	}
}

func TestPrefsFileStaysInItsFolder(t *testing.T) {
	folder := filepath.Dir(NewPrefsFile("default").path)
	for _, profile := range []string{"../../etc/passwd", "..", "a/b", `a\b`, "c:", "prod"} {
		if path := NewPrefsFile(profile).path; filepath.Dir(path) != folder {
			t.Errorf("%q is kept in %s", profile, path)
		}
	}
}
