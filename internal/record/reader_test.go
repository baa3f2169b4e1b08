package record

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joltui/jolt"
)

// What others write: keys in any order, other keys, blank lines, payloads that
// are no strings, CRLF.
func TestPlainLines(t *testing.T) {
	path := file(t,
		`{"time":"2026-01-02T12:00:00Z","topic":"a","data":"1"}`,
		`{"data":"two","seq":7,"time":"2026-01-02T13:00:01.5+01:00","topic":"b"}`+"\r", ``,
		`{"time":"2026-01-02T12:00:02Z","topic":"a","data":{"id":3}}`,
		`{"time":"2026-01-02T12:00:02Z","type":"weather","topic":"a","data":"no message"}`,
		`{"time":"2026-01-02T12:00:03Z","topic":"a","data":"4"}`)
	message := func(after time.Duration, topic, data string) *jolt.Message {
		return &jolt.Message{At: noon().Add(after), Topic: topic, Data: data}
	}
	want := entries(message(0, "a", "1"), message(1500*time.Millisecond, "b", "two"),
		message(2*time.Second, "a", `{"id":3}`), message(3*time.Second, "a", "4"))
	if got, problems := read(t, path); diff(want, got) != "" || problems != nil {
		t.Errorf("%v\n%s", problems, diff(want, got))
	}
}

func TestBadLines(t *testing.T) {
	path := file(t,
		`{"time":"2026-01-02T12:00:00Z","topic":"a","data":"1"}`,
		`hello`,
		`{"topic":"a","data":"1"}`,
		`{"time":"yesterday","topic":"a","data":"1"}`,
		`{"time":"2026-01-02T12:00:00Z","data":"1"}`,
		`{"time":"2026-01-02T12:00:00Z","type":"state","state":"confused"}`,
		`{"time":"2026-01-02T12:00:00Z","type":"recording","version":2}`,
		`{"time":"2026-01-02T12:00:00Z","topic":"a","data":"2"}`,
		`{"time":"2026-01-02T12:00:00Z","topic":"a","da`)
	got, problems := read(t, path)
	if len(got) != 2 {
		t.Errorf("%d entries", len(got))
	}
	want := []string{
		"plain.ndjson:2: not a JSON object",
		"plain.ndjson:3: " + errNoTime.Error(),
		"plain.ndjson:4: " + errNoTime.Error(),
		"plain.ndjson:5: " + errNoKind.Error(),
		`plain.ndjson:6: "confused" is no state`,
		"plain.ndjson:7: it begins a recording of version 2, and this joltui reads version 1",
		"plain.ndjson:9: " + ErrCut.Error(),
	}
	if len(problems) != len(want) {
		t.Fatalf("%q", problems)
	}
	for i, p := range problems {
		if !strings.HasPrefix(p, want[i]) {
			t.Errorf("%q, want %q", p, want[i])
		}
	}
}

// A recording that was cut anywhere is read up to there.
func TestCutAnywhere(t *testing.T) {
	want := every(3, time.Second)
	whole, err := os.ReadFile(write(t, WriterOptions{}, want...))
	if err != nil {
		t.Fatal(err)
	}
	first := strings.IndexByte(string(whole), '\n')
	for cut := first; cut <= len(whole); cut++ {
		path := file(t, string(whole[:cut]))
		got, problems := read(t, path)
		if d := diff(want[:len(got)], got); d != "" || len(problems) > 1 || len(problems) == 1 && !strings.HasSuffix(problems[0], ErrCut.Error()) {
			t.Fatalf("cut at %d: %v\n%s", cut, problems, d)
		}
		if lines := strings.Count(string(whole[:cut]), "\n"); len(got) < min(lines-1, 3) {
			t.Fatalf("cut at %d: only %d of %d whole lines", cut, len(got), lines)
		}
	}
}

func TestOpenErrors(t *testing.T) {
	for path, want := range map[string]string{
		"/nowhere/x.ndjson":        "cannot read the recording: open /nowhere/x.ndjson",
		t.TempDir():                "is not a file",
		file(t):                    "is empty",
		file(t, "#!/bin/sh", "ls"): "line 1: not a JSON object",
	} {
		if _, err := Open(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
}

func TestLongLines(t *testing.T) {
	long := strings.Repeat("x", 700_000)
	path := write(t, WriterOptions{}, entries(&jolt.Message{At: noon(), Topic: "a", Data: long}, message(1, 0))...)
	got, problems := read(t, path)
	if len(got) != 2 || got[0].Event.(*jolt.Message).Data != long || problems != nil {
		t.Errorf("%d entries, %v", len(got), problems)
	}
}

func index(t *testing.T, set *Set) *Index {
	t.Helper()
	x := NewIndex(set)
	if err := x.Build(context.Background(), set); err != nil {
		t.Fatal(err)
	}
	return x
}

// From where the index points to, reading finds the first entry of a time, as
// many messages before it as asked for, and the numbers of its lines.
func TestIndex(t *testing.T) {
	const n = 5000
	all := every(n, 10*time.Millisecond)
	path := write(t, WriterOptions{PartSize: 100_000}, all...)
	set, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	x := index(t, set)
	first, last, messages := x.Extent()
	if !first.Equal(noon()) || !last.Equal(all[n-1].At) || messages != n || x.Progress() != 1 {
		t.Errorf("%s to %s, %d messages, %v", first, last, messages, x.Progress())
	}
	for _, i := range []int{0, 1, 63, 64, 65, 1000, 2500, n - 1} {
		for _, lead := range []uint64{0, 100, 1000} {
			from, target := x.Before(all[i].At, lead)
			got, _ := readFrom(t, set, from)
			begin := n - len(got)
			if d := diff(all[begin:begin+1], got[:1]); d != "" {
				t.Fatalf("message %d, %d before: %s", i, lead, d)
			}
			if wanted := max(i-int(lead), 0); begin > wanted || begin < wanted-2*firstStride || from.Messages != uint64(begin) || target.Messages > uint64(i) {
				t.Errorf("message %d, %d before: reading begins with %d: %+v, %+v", i, lead, begin, from, target)
			}
		}
	}
}

func TestIndexIsBounded(t *testing.T) {
	x := NewIndex(&Set{})
	at := Position{}
	for range 4 * firstStride * mostMarks {
		x.add(at, 1, noon().Add(time.Duration(at.Messages)), true)
		at.Line++
		at.Messages++
	}
	if len(x.marks) > mostMarks || len(x.marks) < mostMarks/2 {
		t.Fatalf("%d marks", len(x.marks))
	}
	for i, m := range x.marks[1:] {
		if m.Messages-x.marks[i].Messages != uint64(x.stride) || m.before.Sub(noon()) != time.Duration(m.Messages-1) {
			t.Fatalf("mark %d: %+v after %+v", i+1, m, x.marks[i])
		}
	}
}

// After a clock was set back, every entry can still be reached.
func TestIndexOfAClockSetBack(t *testing.T) {
	all := append(every(300, time.Second), every(300, time.Second)...)
	set, err := Open(write(t, WriterOptions{}, all...))
	if err != nil {
		t.Fatal(err)
	}
	from, _ := index(t, set).Before(noon().Add(200*time.Second), 0)
	if from.Messages > 200 {
		t.Errorf("reading begins at message %d", from.Messages)
	}
}

func TestSetKeepsTheOrderOfOthers(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for _, name := range []string{"z", "a", "m"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(`{"time":"2026-01-02T12:00:00Z","topic":"`+name+`","data":""}`), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	set, err := Open(paths...)
	if err != nil || strings.Join(set.Paths(), " ") != strings.Join(paths, " ") {
		t.Errorf("%v, %v", set.Paths(), err)
	}
}
