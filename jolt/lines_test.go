package jolt

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func describe(line string, size, limit int) string {
	if size > limit {
		return fmt.Sprintf("too long: %d bytes, %q", size, line)
	}
	return line
}

// naiveLines says what a splitter has to hand out for a whole stream.
func naiveLines(stream []byte, limit int) []string {
	var want []string
	lines := strings.Split(string(stream), "\n")
	for _, line := range lines[:len(lines)-1] {
		line = strings.TrimSuffix(line, "\r")
		switch {
		case len(line) > limit:
			want = append(want, describe(line[:min(headSize, len(line))], len(line), limit))
		case strings.Trim(line, " \t\r") != "":
			want = append(want, line)
		}
	}
	return want
}

func TestSplitterLimits(t *testing.T) {
	for _, limit := range []int{64<<10 - 1, 64 << 10, 64<<10 + 1, 1 << 20} {
		for _, end := range []string{"\n", "\r\n"} {
			for size := limit - 1; size <= limit+1; size++ {
				stream := "before" + end + strings.Repeat("x", size) + end + "after" + end
				s := newSplitter(limit)
				var got []string
				r := strings.NewReader(stream)
				for {
					err := s.read(r)
					s.lines(func(line string, size int) { got = append(got, fmt.Sprint(len(line), " ", size)) })
					if err != nil {
						break
					}
				}
				want := []string{"6 6", fmt.Sprint(size, " ", size), "5 5"}
				if size > limit {
					want[1] = fmt.Sprint(headSize, " ", size)
				}
				if strings.Join(got, ",") != strings.Join(want, ",") {
					t.Errorf("limit %d, line of %d ended by %q: %v; want %v", limit, size, end, got, want)
				}
			}
		}
	}
}

func TestSplitterByteByByte(t *testing.T) {
	stream := []byte("one\n\r\n \ntwo\r\n" + strings.Repeat("y", 300) + "\nthree\nunfinished")
	want := naiveLines(stream, 100)
	s := newSplitter(100)
	var got []string
	for r := iotest.OneByteReader(bytes.NewReader(stream)); ; {
		err := s.read(r)
		s.lines(func(line string, size int) { got = append(got, describe(kept(line), size, 100)) })
		if err == io.EOF {
			break
		}
	}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q; want %q", got, want)
	}
}

// A line that never ends costs no more memory than the limit, and the buffer
// shrinks again after a long line.
func TestSplitterMemory(t *testing.T) {
	const limit = 1 << 20
	s := newSplitter(limit)
	endless := io.LimitReader(zeros{}, 50<<20)
	for s.read(endless) == nil {
		s.lines(func(string, int) { t.Fatal("a line without an end") })
		if len(s.buf) > limit+2 {
			t.Fatalf("buffer grew to %d bytes", len(s.buf))
		}
	}
	n := 0
	for r := strings.NewReader("\nshort\n"); s.read(r) == nil; {
		s.lines(func(_ string, size int) { n += size })
	}
	if n != 50<<20+len("short") {
		t.Errorf("lines of %d bytes in all", n)
	}
	long := strings.NewReader(strings.Repeat("z", limit) + "\n")
	for s.read(long) == nil {
		s.lines(func(string, int) {})
	}
	if len(s.buf) != readSize {
		t.Errorf("buffer is %d bytes after a long line", len(s.buf))
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

func BenchmarkSplitter(b *testing.B) {
	line := AppendMessage(nil, "orders.eu", strings.Repeat("x", 128))
	chunk := bytes.Repeat(line, 100000/len(line))
	s := newSplitter(DefaultMaxLine)
	b.SetBytes(int64(len(chunk)))
	b.ReportAllocs()
	for b.Loop() {
		for r := bytes.NewReader(chunk); s.read(r) == nil; {
			s.lines(func(string, int) {})
		}
	}
}
