package record

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"joltui/jolt"
)

// noon is when every recording here begins.
func noon() time.Time { return time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC) }

// message is the n-th message of a test, so long after noon.
func message(n int, after time.Duration) *jolt.Message {
	data := fmt.Sprintf(`{"id":%d,"note":"<ünï> \" \\ \n"}`, n)
	return &jolt.Message{At: noon().Add(after), Topic: fmt.Sprintf("orders.%d", n%3), Data: data}
}

// write makes a recording of entries and returns its path.
func write(t *testing.T, o WriterOptions, entries ...Entry) string {
	t.Helper()
	if o.Now == nil {
		o.Now = noon
	}
	path := filepath.Join(t.TempDir(), "traffic.ndjson")
	w, err := Create(path, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if err := w.Write(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func entries(events ...jolt.Event) []Entry {
	var all []Entry
	for _, e := range events {
		switch e := e.(type) {
		case *jolt.Message:
			all = append(all, Entry{At: e.At, Event: e})
		case *jolt.Gap:
			all = append(all, Entry{At: e.To, Event: e})
		case *jolt.StateChange:
			all = append(all, Entry{At: e.At, Event: e})
		}
	}
	return all
}

// every returns n messages, so far apart.
func every(n int, apart time.Duration) []Entry {
	var all []Entry
	for i := range n {
		m := message(i, time.Duration(i)*apart)
		all = append(all, Entry{At: m.At, Event: m})
	}
	return all
}

func file(t *testing.T, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plain.ndjson")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// fataler is a *testing.T or a *rapid.T.
type fataler interface {
	Helper()
	Fatal(args ...any)
}

// read reads all of the files; problems are what Next says is wrong.
func read(t fataler, paths ...string) (all []Entry, problems []string) {
	t.Helper()
	set, err := Open(paths...)
	if err != nil {
		t.Fatal(err)
	}
	return readFrom(t, set, Position{})
}

func readFrom(t fataler, set *Set, from Position) (all []Entry, problems []string) {
	t.Helper()
	r := set.Read(from)
	defer r.Close()
	for {
		e, err := r.Next()
		var line *LineError
		switch {
		case errors.Is(err, io.EOF):
			return all, problems
		case errors.As(err, &line):
			problems = append(problems, fmt.Sprintf("%s:%d: %v", filepath.Base(line.Path), line.Line, line.Err))
		case err != nil:
			t.Fatal(err)
		default:
			all = append(all, e)
		}
	}
}

// diff compares entries by what a recording keeps of them.
func diff(want, got []Entry) string {
	return cmp.Diff(want, got,
		cmp.Comparer(func(a, b error) bool { return textOf(a) == textOf(b) }),
		cmpopts.EquateEmpty(),
		cmpopts.EquateApproxTime(0))
}

// disk is a file in memory that can be full or stuck.
type disk struct {
	mu sync.Mutex
	bytes.Buffer
	room  int           // bytes; -1 is no limit
	stuck chan struct{} // writes wait until it is closed; nil is not at all
}

var errNoSpace = errors.New("no space left on device")

func (d *disk) Write(p []byte) (int, error) {
	if d.stuck != nil {
		<-d.stuck
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.room >= 0 && d.Len()+len(p) > d.room {
		n, _ := d.Buffer.Write(p[:d.room-d.Len()])
		return n, errNoSpace
	}
	return d.Buffer.Write(p)
}

func (d *disk) Close() error { return nil }

func (d *disk) options() WriterOptions {
	return WriterOptions{create: func(string) (io.WriteCloser, error) { return d, nil }}
}

// text is what was written so far.
func (d *disk) text() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.String()
}

// saved is what the disk holds, as a file.
func (d *disk) saved(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "disk.ndjson")
	if err := os.WriteFile(path, d.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
