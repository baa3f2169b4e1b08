package history

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gofrs/flock"
)

// holding takes the lock of a history, as a process that was stopped has it.
func holding(t *testing.T, f *File) *flock.Flock {
	t.Helper()
	if err := add(f, message("a", "first")); err != nil { // which makes the folder
		t.Fatal(err)
	}
	other := flock.New(f.Path() + ".lock")
	if err := other.Lock(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { other.Unlock() })
	return other
}

// topics are those of what is kept, with the payloads.
func topics(t *testing.T, path string) string {
	var all []string
	for _, m := range load(t, New(path)) {
		all = append(all, m.Data)
	}
	return strings.Join(all, " ")
}

// Messages that cannot be written because another process has the lock are written the next
// time, once, and in order.
func TestAHeldLockLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := New(newPath(t))
		other := holding(t, f)
		for _, data := range []string{"1", "2"} {
			err := add(f, message("a", data))
			if err == nil || !strings.Contains(err.Error(), "history: another process holds "+f.Path()+".lock") {
				t.Errorf("the error is %v", err)
			}
		}
		other.Unlock()
		if err := add(f, message("a", "3")); err != nil {
			t.Fatal(err)
		}
		if got := topics(t, f.Path()); got != "first 1 2 3" {
			t.Errorf("kept %s", got)
		}
		if left, err := f.Finish(t.Context()); left != 0 || err != nil {
			t.Errorf("%d left, %v", left, err)
		}
	})
}

// Finish does not wait for a process that keeps the lock, nor for a Write that waits for it,
// and counts the messages that are not written.
func TestFinishSaysWhatIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := New(newPath(t))
		other := holding(t, f)
		wrote := make(chan error)
		go func() { wrote <- add(f, message("a", "1")) }()
		synctest.Wait() // it waits for the lock
		if err := f.Keep(message("a", "2")); err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		if left, err := f.Finish(ended); left != 2 || err == nil {
			t.Errorf("%d left, %v", left, err)
		}
		if err := <-wrote; err == nil {
			t.Error("the write that was cut short says nothing")
		}
		if took := time.Since(begin); took > lockRetry {
			t.Errorf("it went on to wait for %s", took)
		}
		other.Unlock()
		if left, err := f.Finish(t.Context()); left != 0 || err != nil {
			t.Errorf("%d left, %v", left, err)
		}
		if got := topics(t, f.Path()); got != "first 1 2" {
			t.Errorf("kept %s", got)
		}
	})
}

// Memory is bounded as the file is, and what there was no room for is counted.
func TestWhatWaitsIsBounded(t *testing.T) {
	f := New(newPath(t))
	for i := range MaxMessages + 5 {
		if err := f.Keep(message("a", fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := f.Finish(t.Context()); left != 5 || err != nil {
		t.Errorf("%d left, %v", left, err)
	}
	if got := load(t, New(f.Path())); len(got) != MaxMessages || got[0].Data != "5" {
		t.Errorf("%d messages, the first is %v", len(got), got[0])
	}
}

// A full disk gets no half of a message, and gets all messages once it has room.
func TestAFileThatCannotBeWritten(t *testing.T) {
	f := New(newPath(t))
	if err := os.MkdirAll(f.Path(), 0o700); err != nil { // a folder is in the way
		t.Fatal(err)
	}
	if err := add(f, message("a", "1")); err == nil {
		t.Error("a folder was written to")
	}
	if err := os.Remove(f.Path()); err != nil {
		t.Fatal(err)
	}
	if left, err := f.Finish(t.Context()); left != 0 || err != nil {
		t.Errorf("%d left, %v", left, err)
	}
	if got := topics(t, f.Path()); got != "1" {
		t.Errorf("kept %s", got)
	}
}
