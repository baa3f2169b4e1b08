//go:build unix

package clipboard

import (
	"bufio"
	"context"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// script makes xclip a shell script, and the only helper there is.
func script(t *testing.T, text string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "xclip"), []byte("#!/bin/sh\n"+text), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("WAYLAND_DISPLAY", "")
	t.Setenv("FOLDER", folder)
	t.Setenv("PATH", folder+":"+os.Getenv("PATH"))
	return folder
}

func TestSystem(t *testing.T) {
	folder := script(t, `cat > "$FOLDER/$1$2$3"`)
	if err := System()(t.Context(), hostile); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(folder, "-in-selectionclipboard")); err != nil || string(got) != hostile {
		t.Errorf("it got %q, %v", got, err)
	}
	script(t, "exit 3")
	if err := System()(t.Context(), "x"); err == nil || err.Error() != "xclip: exit status 3" {
		t.Errorf("the error is %v", err)
	}
}

// A helper that hangs is killed with its children when its time is up, however much
// text it has not read.
func TestAHelperThatHangsIsKilled(t *testing.T) {
	folder := script(t, `exec 3> "$FOLDER/pipe"; echo up >&3; sleep 300`)
	pipe := filepath.Join(folder, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	returned := make(chan error, 1)
	go func() { returned <- System()(ctx, string(make([]byte, 1<<20))) }()
	open, err := os.OpenFile(pipe, os.O_RDONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	r := bufio.NewReader(open)
	if line, err := r.ReadString('\n'); line != "up\n" {
		t.Fatalf("%q, %v", line, err)
	}
	cancel()
	if err := <-returned; err == nil {
		t.Error("it was copied")
	}
	open.SetReadDeadline(time.Now().Add(20 * time.Second)) // only reached by a test that fails
	if _, err := io.Copy(io.Discard, r); err != nil {      // ends when nobody has the pipe open any more
		t.Errorf("something is still running: %v", err)
	}
}
