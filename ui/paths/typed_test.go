package paths

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// files makes a folder with files and a folder in it, and returns its path with a separator.
func files(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir() + string(filepath.Separator)
	for _, name := range names {
		if err := os.WriteFile(dir+name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(dir+"folder", 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func (t *Typed) taken(cmd tea.Cmd) {
	if cmd != nil {
		t.Take(cmd())
	}
}

func TestPathsAreCompleted(t *testing.T) {
	dir := files(t, "order-1.json", "order-2.json", ".hidden", "other")
	typed := Typed{Files: Disk{}}
	typed.taken(typed.Begin(""))
	for _, tc := range []struct{ typed, want string }{
		{dir + "order-", "order-1.json order-2.json"},
		{dir + "f", "folder" + string(filepath.Separator)},
		{dir, "folder" + string(filepath.Separator) + " order-1.json order-2.json other"},
		{dir + ".", ".hidden"},
		{dir + "folder" + string(filepath.Separator), ""},
		{"/nowhere/", ""},
	} {
		typed.taken(typed.List(tc.typed))
		var names []string
		for _, path := range typed.complete(tc.typed) {
			names = append(names, strings.TrimPrefix(path, dir))
		}
		if got := strings.Join(names, " "); got != tc.want {
			t.Errorf("%s goes on with %q, want %q", tc.typed, got, tc.want)
		}
	}
}

// An answer that is late does not win over what was typed since, whatever the order in which
// answers come.
func TestLateAnswersAreDropped(t *testing.T) {
	dir := files(t, "a")
	typed := Typed{Files: Disk{}}
	first := typed.List(dir)
	second := typed.List(dir + "folder" + string(filepath.Separator))
	back := typed.List(dir)
	typed.Take(back())
	typed.Take(first())
	typed.Take(second())
	if got := typed.complete(dir + "a"); len(got) != 1 {
		t.Errorf("it completes to %q", got)
	}
	if typed.List(dir+"a") != nil {
		t.Error("what is known is asked for again")
	}
}

// What has come into a folder since it was read is found by asking again.
func TestAFolderIsReadAgain(t *testing.T) {
	dir := files(t)
	typed := Typed{Files: Disk{}}
	typed.taken(typed.List(dir))
	if err := os.WriteFile(dir+"new", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	typed.taken(typed.List(dir + "n"))
	if got := typed.complete(dir + "n"); len(got) != 1 {
		t.Errorf("it completes to %q", got)
	}
}

// Two paths that are typed do not take the answers for one another.
func TestAnswersAreForTheirPath(t *testing.T) {
	dir := files(t, "a")
	one, other := Typed{Files: Disk{}}, Typed{Files: Disk{}}
	if msg := one.List(dir)(); other.Take(msg) || !one.Take(msg) {
		t.Error("the answer went to the wrong path")
	}
}
