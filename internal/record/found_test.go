package record

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"joltui/jolt"
)

func TestListRecordings(t *testing.T) {
	folder := t.TempDir()
	path := func(name string) string { return filepath.Join(folder, name) }
	at := time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)
	for name, began := range map[string]time.Time{"b.ndjson": at, "a.ndjson": at.Add(time.Hour)} {
		w, err := Create(path(name), WriterOptions{What: "of " + name, PartSize: 400, Now: func() time.Time { return began }})
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			if err := w.Write(Entry{Event: &jolt.Message{At: began, Topic: "t", Data: string(make([]byte, 20))}}); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil || w.Parts() < 2 {
			t.Fatalf("%v, %d parts", err, w.Parts())
		}
	}
	bare := `{"time":"2026-01-02T12:01:02Z","topic":"t","data":"x"}` + "\n"
	for name, text := range map[string]string{"bare.ndjson": bare, "empty.ndjson": "", "other.ndjson": "no\n", "notes.txt": "x"} {
		if err := os.WriteFile(path(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	old := at.Add(-time.Hour)
	if err := os.Chtimes(path("bare.ndjson"), old, old); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path("folder.ndjson"), 0o700); err != nil {
		t.Fatal(err)
	}
	got, err := List(folder)
	if err != nil || len(got) != 3 {
		t.Fatalf("%+v, %v", got, err)
	}
	for i, want := range []Found{
		{Name: "a.ndjson", Began: at.Add(time.Hour), What: "of a.ndjson"},
		{Name: "b.ndjson", Began: at, What: "of b.ndjson"},
		{Name: "bare.ndjson", Began: old, Size: int64(len(bare))},
	} {
		if f := got[i]; f.Name != want.Name || f.Path != path(want.Name) || !f.Began.Equal(want.Began) || f.What != want.What {
			t.Errorf("%+v, want %+v", f, want)
		}
	}
	var size int64
	parts, err := filepath.Glob(path("a*.ndjson"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range parts {
		info, err := os.Stat(part)
		if err != nil {
			t.Fatal(err)
		}
		size += info.Size()
	}
	if got[0].Size != size {
		t.Errorf("%d bytes, want %d", got[0].Size, size)
	}
	if none, err := List(path("nowhere")); none != nil || err != nil {
		t.Errorf("%v, %v", none, err)
	}
	if _, err := List(path("notes.txt")); err == nil {
		t.Error("a file is listed")
	}
}
