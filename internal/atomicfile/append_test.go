package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestAppend(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	for _, text := range []string{"one ", "", "two"} {
		file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(Append(file, []byte(text)), file.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "one two" {
		t.Errorf("%q, %v", got, err)
	}
}

// full is a file on a disk with room for two more bytes.
type full struct{ *os.File }

var errFull = errors.New("no space left on device")

func (f full) Write(p []byte) (int, error) {
	n, err := f.File.Write(p[:2])
	return n, errors.Join(err, errFull)
}

func TestAppendToAFullDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte("whole"), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := appendAt(full{file}, 5, []byte("half")); !errors.Is(err, errFull) {
		t.Errorf("the error is %v", err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "whole" {
		t.Errorf("%q, %v", got, err)
	}
}
