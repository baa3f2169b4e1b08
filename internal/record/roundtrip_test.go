package record

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"joltui/jolt"
)

func anyTime() *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		zone := time.FixedZone("", rapid.IntRange(-12, 12).Draw(t, "zone")*3600)
		return time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "s"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).In(zone)
	})
}

func anyCause() *rapid.Generator[error] {
	return rapid.Map(rapid.String(), func(s string) error {
		if s == "" {
			return nil
		}
		return errors.New(s)
	})
}

func anyEntry() *rapid.Generator[Entry] {
	return rapid.Custom(func(t *rapid.T) Entry {
		at := anyTime().Draw(t, "at")
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0:
			return Entry{At: at, Event: &jolt.Gap{From: anyTime().Draw(t, "from"), To: at, Cause: anyCause().Draw(t, "cause")}}
		case 1:
			return Entry{At: at, Event: &jolt.StateChange{
				At: at, State: jolt.State(rapid.IntRange(1, 4).Draw(t, "state")), Addr: rapid.String().Draw(t, "addr"),
				Attempt: rapid.IntRange(0, 9).Draw(t, "attempt"), Topics: rapid.IntRange(0, 9).Draw(t, "topics"),
				Cause: anyCause().Draw(t, "cause"), Since: anyTime().Draw(t, "since"), RetryAt: anyTime().Draw(t, "retry"),
			}}
		case 2:
			return Entry{At: at, Missing: Missing{rapid.Uint64Range(1, 1e12).Draw(t, "n"), rapid.Uint64().Draw(t, "bytes")}}
		default:
			return Entry{At: at, Event: &jolt.Message{At: at, Topic: rapid.String().Draw(t, "topic"), Data: rapid.String().Draw(t, "data")}}
		}
	})
}

// Whatever was written is read back exactly and in order, in however many files.
func TestRoundTrip(t *testing.T) {
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(anyEntry(), 0, 30).Draw(t, "entries")
		n++
		path := filepath.Join(dir, fmt.Sprintf("%d.ndjson", n))
		w, err := Create(path, WriterOptions{PartSize: rapid.Int64Range(1, 4000).Draw(t, "part"), Now: noon})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range want {
			if err := w.Write(e); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		got, problems := read(t, path)
		if d := diff(want, got); d != "" || problems != nil {
			t.Fatalf("%v\n%s", problems, d)
		}
	})
}

func TestParts(t *testing.T) {
	const partSize = 1000
	want := every(100, time.Second)
	path := write(t, WriterOptions{PartSize: partSize, What: "all that arrives"}, want...)
	all, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if err != nil || len(all) < 10 {
		t.Fatalf("%d files, %v", len(all), err)
	}
	for _, p := range all {
		info, err := os.Stat(p)
		if err != nil || info.Size() > partSize || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}
	}
	// By its first file, and by all of them in the order of a shell.
	for _, paths := range [][]string{{path}, all, append([]string{path}, all...)} {
		got, problems := read(t, paths...)
		if d := diff(want, got); d != "" || problems != nil {
			t.Fatalf("%v: %v\n%s", paths, problems, d)
		}
	}
	set, err := Open(path)
	if err != nil || set.What() != "all that arrives" || !set.Started().Equal(noon()) || len(set.Paths()) != len(all) {
		t.Errorf("%+v, %v", set, err)
	}
}

func TestPartMissing(t *testing.T) {
	path := write(t, WriterOptions{PartSize: 500}, every(20, time.Second)...)
	_, problems := read(t, path, partPath(path, 2), partPath(path, 4))
	if problems != nil {
		t.Errorf("nothing is missing: %v", problems)
	}
	if err := os.Remove(partPath(path, 2)); err != nil {
		t.Fatal(err)
	}
	got, problems := read(t, path, partPath(path, 3))
	want := "traffic-3.ndjson:1: " + ErrPartMissing.Error()
	if len(problems) != 1 || problems[0] != want || len(got) == 0 {
		t.Errorf("%d entries, %v", len(got), problems)
	}
}

func TestNeverOverwrites(t *testing.T) {
	path := write(t, WriterOptions{}, every(1, 0)...)
	if _, err := Create(path, WriterOptions{}); err == nil {
		t.Error("an existing file was taken")
	}
	other := filepath.Join(t.TempDir(), "a.ndjson")
	if err := os.WriteFile(partPath(other, 2), []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(other, WriterOptions{}); err == nil {
		t.Error("a recording that could not go on was begun")
	}
	third := filepath.Join(t.TempDir(), "b.ndjson")
	w, err := Create(third, WriterOptions{PartSize: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(partPath(third, 2), []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.Write(every(1, 0)[0]); err == nil || w.Close() == nil {
		t.Error("a file that came meanwhile was taken")
	}
	if text, _ := os.ReadFile(partPath(third, 2)); string(text) != "precious" {
		t.Errorf("it says %q now", text)
	}
}

func TestFull(t *testing.T) {
	path := filepath.Join(t.TempDir(), "full.ndjson")
	w, err := Create(path, WriterOptions{PartSize: 400, TotalSize: 1000, Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	var kept []Entry
	for _, e := range every(50, time.Second) {
		if err = w.Write(e); err != nil {
			break
		}
		kept = append(kept, e)
	}
	if !errors.Is(err, ErrFull) || !errors.Is(w.Close(), ErrFull) || len(kept) < 4 || w.Size() > 1100 {
		t.Fatalf("%v after %d messages and %d bytes", err, len(kept), w.Size())
	}
	if got, problems := read(t, path); problems != nil || diff(kept, got) != "" {
		t.Errorf("%v\n%s", problems, diff(kept, got))
	}
}

// A broker that ends a connection with the login that it was sent gets no password
// into a recording. A message is kept as it is.
func TestCausesHidePasswords(t *testing.T) {
	words := `what is {"op":"auth","user":"ann","pass":"canary"}`
	rejected := &jolt.RejectedError{Op: jolt.OpAuth, Text: words}
	lost := fmt.Errorf("%w: %w", jolt.ErrOutOfStep, &jolt.BrokerError{Text: words})
	path := write(t, WriterOptions{}, entries(
		&jolt.StateChange{At: noon(), State: jolt.Down, Cause: lost},
		&jolt.Gap{From: noon(), To: noon(), Cause: lost},
		&jolt.StateChange{At: noon(), State: jolt.Closed, Cause: rejected},
		&jolt.Message{At: noon(), Topic: "a", Data: `{"pass":"kept"}`},
	)...)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(text, []byte("canary")) {
		t.Errorf("the recording is\n%s", text)
	}
	if n := bytes.Count(text, []byte("***")); n != 3 || !bytes.Contains(text, []byte("kept")) {
		t.Errorf("%d passwords are masked in\n%s", n, text)
	}
}
