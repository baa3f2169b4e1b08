package record

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkRecord reports the time that a recording takes on the reader goroutine, a message.
func BenchmarkRecord(b *testing.B) {
	nowhere := WriterOptions{create: func(string) (io.WriteCloser, error) { return os.OpenFile(os.DevNull, os.O_WRONLY, 0) }}
	r, err := Start("nowhere", Options{WriterOptions: nowhere})
	if err != nil {
		b.Fatal(err)
	}
	defer r.Stop()
	batch := events(0, 64)
	b.ReportAllocs()
	for n := 0; n < b.N; n += len(batch) {
		r.Record(batch)
	}
}

func BenchmarkWrite(b *testing.B) {
	w, err := Create(filepath.Join(b.TempDir(), "w.ndjson"), WriterOptions{})
	if err != nil {
		b.Fatal(err)
	}
	defer w.Close()
	e := every(1, 0)[0]
	b.ReportAllocs()
	for b.Loop() {
		if err := w.Write(e); err != nil {
			b.Fatal(err)
		}
	}
}

// benchSet is a recording of 100,000 messages, about 12 MB.
func benchSet(b *testing.B) *Set {
	b.Helper()
	path := filepath.Join(b.TempDir(), "r.ndjson")
	w, err := Create(path, WriterOptions{})
	if err != nil {
		b.Fatal(err)
	}
	for _, e := range every(100_000, time.Millisecond) {
		if err := w.Write(e); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	set, err := Open(path)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(set.Size())
	return set
}

func BenchmarkRead(b *testing.B) {
	set := benchSet(b)
	for b.Loop() {
		readFrom(b, set, Position{})
	}
}

func BenchmarkIndex(b *testing.B) {
	set := benchSet(b)
	for b.Loop() {
		if err := NewIndex(set).Build(context.Background(), set); err != nil {
			b.Fatal(err)
		}
	}
}
