package history

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func message(topic, data string) Message {
	return Message{At: time.Date(2026, 1, 2, 12, 1, 2, 0, time.UTC), Topic: topic, Data: data}
}

func newPath(t *testing.T) string { return filepath.Join(t.TempDir(), "state", "published.ndjson") }

func load(t *testing.T, f *File) []Message {
	t.Helper()
	messages, skipped, err := f.Load()
	if err != nil || skipped > 0 {
		t.Fatalf("%d lines skipped, %v", skipped, err)
	}
	return messages
}

// add keeps messages and writes them.
func add(f *File, messages ...Message) error {
	var errs []error
	for _, m := range messages {
		errs = append(errs, f.Keep(m))
	}
	return errors.Join(append(errs, f.Write())...)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsAddedIsThereNextTime(t *testing.T) {
	path := newPath(t)
	if got := load(t, New(path)); got != nil {
		t.Fatalf("a history that does not exist has %v", got)
	}
	if _, err := os.Stat(filepath.Dir(path)); !os.IsNotExist(err) {
		t.Fatalf("looking at it made its folder: %v", err)
	}
	want := []Message{message("a", "1\n\x00 世界"), {Topic: "b", Data: "{{.Count}}", Template: true}, message("a", "")}
	f := New(path)
	if err := add(f, want[0]); err != nil {
		t.Fatal(err)
	}
	if err := add(f, want[1:]...); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, load(t, New(path))); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
	for _, name := range []string{path, path + ".lock"} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
}

func TestCorruptedLinesAreSkippedAndCounted(t *testing.T) {
	path := newPath(t)
	write(t, path, `{"topic":"a","data":"1"}`+"\n\nnonsense\n{}\n"+`{"topic":"a","data":"2"}`+"\n"+`{"topic":"a","da`)
	f := New(path)
	messages, skipped, err := f.Load()
	if err != nil || skipped != 3 || len(messages) != 2 {
		t.Fatalf("%v, %d skipped, %v", messages, skipped, err)
	}
	if err := add(f, message("a", "3")); err != nil {
		t.Fatal(err)
	}
	messages, skipped, _ = f.Load()
	if skipped != 3 || len(messages) != 3 || messages[2].Data != "3" {
		t.Errorf("after half a line: %v, %d skipped", messages, skipped)
	}
}

func TestTheOldestGo(t *testing.T) {
	path := newPath(t)
	f := New(path)
	for i := range 2*MaxMessages + 1 {
		if err := add(f, message("a", fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), "\n"); n != MaxMessages {
		t.Errorf("%d lines are left", n)
	}
	got := load(t, f)
	if len(got) != MaxMessages || got[0].Data != fmt.Sprint(MaxMessages+1) || got[MaxMessages-1].Data != fmt.Sprint(2*MaxMessages) {
		t.Errorf("%d messages, from %v to %v", len(got), got[0], got[len(got)-1])
	}
}

func TestTheFileIsBounded(t *testing.T) {
	path := newPath(t)
	f := New(path)
	long := strings.Repeat("x", 1<<20)
	for i := range 12 {
		if err := add(f, message("a", fmt.Sprint(i, long))); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Size() > 2*MaxBytes {
			t.Fatalf("%v, %v", info.Size(), err)
		}
	}
	got := load(t, f)
	if len(got) != 3 || !strings.HasPrefix(got[2].Data, "11") {
		t.Errorf("%d messages of 1 MiB fit", len(got))
	}
	err := add(f, message("b", "short"), message("a", strings.Repeat("x", MaxBytes)))
	if err == nil || !strings.Contains(err.Error(), `a message on "a" is too long`) {
		t.Errorf("a message of %d bytes: %v", MaxBytes, err)
	}
	if got := load(t, f); got[len(got)-1].Data != "short" {
		t.Error("what was added with a message too long is not there")
	}
}

func TestAFileThatOthersMadeLonger(t *testing.T) {
	path := newPath(t)
	line := `{"topic":"a","data":"` + strings.Repeat("x", 1<<20) + `"}` + "\n"
	write(t, path, strings.Repeat(line, 16)+`{"topic":"a","data":"last"}`+"\n")
	got := load(t, New(path))
	if len(got) != 4 || got[3].Data != "last" {
		t.Errorf("%d messages", len(got))
	}
}

func TestErrorsSayWhatFailed(t *testing.T) {
	path := newPath(t)
	write(t, filepath.Dir(path), "a file where the folder should be")
	f := New(path)
	if _, _, err := f.Load(); err == nil || !strings.Contains(err.Error(), "history: ") {
		t.Errorf("Load: %v", err)
	}
	if err := add(f, message("a", "1")); err == nil || !strings.Contains(err.Error(), "history: ") {
		t.Errorf("Add: %v", err)
	}
}

// Several processes add and load at once, and shorten the file: each message is
// there once, whole, and in the order in which its writer added it.
func TestConcurrentWriters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "past")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		path := filepath.Join(dir, "published.ndjson")
		const batches = 4
		writers := rapid.IntRange(1, 4).Draw(t, "writers")
		batch := rapid.IntRange(1, 60).Draw(t, "batch")
		// What is there already makes some of the runs shorten the file: one in four, for
		// it takes ten times as long as another.
		before := New(path)
		if err := add(before, nobodys(rapid.SampledFrom([]int{0, 0, 0, 2*MaxMessages - 50}).Draw(t, "before"))...); err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		errs := make(chan error, writers*(batches+1))
		for w := range writers {
			all.Go(func() {
				f := New(path) // a lock of its own, as in another process
				if _, skipped, err := f.Load(); err != nil || skipped > 0 {
					errs <- fmt.Errorf("%d skipped, %w", skipped, err)
				}
				for b := range batches {
					var messages []Message
					for i := range batch {
						messages = append(messages, message(fmt.Sprint("w", w), fmt.Sprint(b*batch+i)))
					}
					errs <- add(f, messages...)
				}
			})
		}
		all.Wait()
		close(errs)
		for err := range errs {
			if err != nil {
				t.Fatal(err)
			}
		}
		checkOrder(t, New(path), writers, batches*batch)
	})
}

// nobodys returns n messages on a topic that no writer of the test uses.
func nobodys(n int) (all []Message) {
	for i := range n {
		all = append(all, message("before", fmt.Sprint(i)))
	}
	return all
}

func checkOrder(t *rapid.T, f *File, writers, each int) {
	messages, skipped, err := f.Load()
	if err != nil || skipped > 0 {
		t.Fatalf("%d skipped, %v", skipped, err)
	}
	next := make(map[string]int)
	for _, m := range messages {
		n := 0
		if _, err := fmt.Sscan(m.Data, &n); err != nil {
			t.Fatal(err)
		}
		if want, seen := next[m.Topic]; seen && n != want {
			t.Fatalf("%s: message %d is followed by %d", m.Topic, want-1, n)
		}
		next[m.Topic] = n + 1
	}
	total := writers * each
	for w := range writers {
		if n, seen := next[fmt.Sprint("w", w)]; seen && n != each || !seen && total < MaxMessages {
			t.Fatalf("writer %d: the last of %d messages is %d", w, each, n-1)
		}
	}
	if want := min(total, MaxMessages); len(messages) < want {
		t.Fatalf("%d messages, want %d at least", len(messages), want)
	}
}
