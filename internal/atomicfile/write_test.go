package atomicfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

func TestWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "folder", "file")
	for _, want := range []string{"the first content", "another", ""} {
		if err := Write(path, []byte(want)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("%q, %v, want %q", got, err, want)
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode != 0o600 {
		t.Errorf("mode %o", mode)
	}
	alone(t, filepath.Dir(path))
}

// A file that cannot be replaced stays as it was, and nothing else is left beside it.
func TestWriteFails(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a folder")
	if err := os.MkdirAll(filepath.Join(path, "with something in it"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := Write(path, []byte("x")); err == nil {
		t.Error("a folder was replaced")
	}
	alone(t, folder)
	if err := Write(filepath.Join(path, "file"), nil); err != nil {
		t.Fatal(err)
	}
	if err := Write(filepath.Join(path, "file", "below"), nil); err == nil {
		t.Error("there is a file below a file")
	}
}

// alone fails the test unless the folder has one entry.
func alone(t *testing.T, folder string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Errorf("%s has %v, %v", folder, entries, err)
	}
}

// The content is on the disk before the file has its name, and the name is before
// Write returns.
func TestWriteWaitsForTheDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := Write(path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	var steps []string
	err := write(path, []byte("new"), func(f *os.File) error {
		synced, _ := os.ReadFile(f.Name()) // a folder has none
		named, _ := os.ReadFile(path)
		steps = append(steps, string(synced)+" while the file has "+string(named))
		return nil
	})
	want := []string{"new while the file has old", " while the file has new"}
	if err != nil || !slices.Equal(steps, want) {
		t.Errorf("%q, %v, want %q", steps, err, want)
	}
}

func TestADiskThatFailsLeavesTheOldFile(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "file")
	if err := Write(path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("input/output error")
	if err := write(path, []byte("new"), func(*os.File) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "old" {
		t.Errorf("%q, %v", got, err)
	}
	alone(t, folder)
}

// A file that is there is never touched by Create, also where it came while the new one was
// written.
func TestCreate(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "file")
	content := func(text string) func(io.Writer) error {
		return func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}
	}
	if err := Create(path, content("first")); err != nil {
		t.Fatal(err)
	}
	second := path + "-2"
	late := func(w io.Writer) error { return os.WriteFile(second, []byte("somebody else's"), 0o600) }
	for name, content := range map[string]func(io.Writer) error{path: content("second"), second: late} {
		if err := Create(name, content); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, want := range map[string]string{path: "first", second: "somebody else's"} {
		if got, err := os.ReadFile(name); err != nil || string(got) != want {
			t.Errorf("%q, %v, want %q", got, err, want)
		}
	}
	if err := os.Remove(second); err != nil {
		t.Fatal(err)
	}
	if err := Replace(path, content("third")); err != nil {
		t.Fatal(err)
	}
	failed := errors.New("nothing more to write")
	if err := Replace(path, func(io.Writer) error { return failed }); !errors.Is(err, failed) {
		t.Errorf("the error is %v", err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "third" {
		t.Errorf("%q, %v", got, err)
	}
	alone(t, folder)
}
