package dashboard

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGroupsFile(t *testing.T) {
	f := GroupsFile{filepath.Join(t.TempDir(), "new", "groups.json")}
	if groups, err := f.Load(); err != nil || len(groups) != 0 {
		t.Fatalf("without a file: %v, %v", groups, err)
	}
	if _, err := f.Save("prod", []string{"orders.eu"}); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Save("chat", []string{"chat room", "b"}); err != nil {
		t.Fatal(err)
	}
	groups, err := f.Save("prod", []string{"orders.us"})
	want := map[string][]string{"prod": {"orders.us"}, "chat": {"chat room", "b"}}
	if diff := cmp.Diff(want, groups); diff != "" || err != nil {
		t.Errorf("Save (-want +got):\n%s%v", diff, err)
	}
	loaded, err := f.Load()
	if diff := cmp.Diff(want, loaded); diff != "" || err != nil {
		t.Errorf("Load (-want +got):\n%s%v", diff, err)
	}
	info, err := os.Stat(f.path)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode != 0o600 {
		t.Errorf("the mode of the file is %v", mode)
	}
	if left, _ := os.ReadDir(filepath.Dir(f.path)); len(left) != 2 { // the file and its lock
		t.Errorf("the folder holds %v", left)
	}
}

// TestGroupsFileKeepsWhatItCannotRead: a slip of whoever edits the file must not
// cost them the file.
func TestGroupsFileKeepsWhatItCannotRead(t *testing.T) {
	for text, want := range map[string]string{
		`{"prod": ["a",]}`:                   "invalid character",
		`{"prod": "a"}`:                      "cannot unmarshal",
		`{"prod": ["a", ""]}`:                `topic 2 of group "prod" is empty`,
		strings.Repeat(" ", maxGroupsFile+1): "are not read",
	} {
		f := GroupsFile{filepath.Join(t.TempDir(), "groups.json")}
		if err := os.WriteFile(f.path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := f.Save("x", []string{"a"})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), f.path) {
			t.Errorf("%.20q: error %v, want %q and the path", text, err, want)
		}
		if data, _ := os.ReadFile(f.path); string(data) != text {
			t.Errorf("%.20q became %.20q", text, data)
		}
	}
}
