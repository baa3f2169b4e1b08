package jolt

import (
	"strings"
	"testing"
)

// FuzzASCIIRun compares the routine of this machine with that in Go, from every
// byte on, and with looking at one byte after another.
func FuzzASCIIRun(f *testing.F) {
	for _, s := range []string{"", `"`, "a", strings.Repeat("a", 100), strings.Repeat("a", 31) + "é", "\x1f \x20\x7f\x80", "0123456789abcde\\"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for i := range len(s) + 1 {
			want := i
			for want < len(s) && !stopsAt(s[want]) && s[want] < 0x80 {
				want++
			}
			if got := asciiRun(s, i); got != want {
				t.Fatalf("from %d of %q: asciiRun = %d, not %d", i, s, got, want)
			}
			if got := asciiRunWords(s, i); got != want {
				t.Fatalf("from %d of %q: asciiRunWords = %d, not %d", i, s, got, want)
			}
		}
	})
}

// FuzzMarks compares the routines of this machine with those in Go, and the marks
// with a look at each byte.
func FuzzMarks(f *testing.F) {
	for _, s := range []string{"", `{\"id\":4711,\"s\":\"x\"} `, "\x1f\x20\x7f\x80\xff\"\\", strings.Repeat("a", 70), `\\\\\"`, strings.Repeat("\\", 80)} {
		f.Add(s, 0)
		f.Add(strings.Repeat(s, 3), 9)
	}
	f.Fuzz(func(t *testing.T, s string, i int) {
		if i < 0 || i > len(s) {
			return
		}
		var last block
		b := blockAt(s, i, &last)
		var got, inGo, want marks
		mark(b, &got)
		markWords(b, &inGo)
		for at, c := range b[:blockSize] {
			if c == '\\' {
				want.slash |= 1 << at
			}
			if c == '"' || c < 0x20 {
				want.end |= 1 << at
			}
			if c > 0x7f {
				want.high |= 1 << at
			}
		}
		if got != want || inGo != want {
			t.Fatalf("%q: mark = %x, markWords = %x, not %x", b, got, inGo, want)
		}
		stops := since(want.slash|want.end, i%blockSize)
		dst, dstGo := make([]byte, len(b)), make([]byte, len(b))
		n, next, left := copyRuns(dst, b, i%blockSize, stops, want.slash)
		nGo, nextGo, leftGo := copyRunsWords(dstGo, b, i%blockSize, stops, want.slash)
		if n != nGo || next != nextGo || left != leftGo || string(dst[:n]) != string(dstGo[:n]) {
			t.Fatalf("%q from %d: copyRuns = %q, %d, %x; copyRunsWords = %q, %d, %x", b, i%blockSize, dst[:n], next, left, dstGo[:nGo], nextGo, leftGo)
		}
	})
}

func BenchmarkASCIIRun(b *testing.B) {
	for name, size := range map[string]int{"9": 9, "128": 128, "1024": 1024} {
		s := strings.Repeat("a", size) + `"}` + strings.Repeat(" ", 30)
		b.Run(name+"/machine", func(b *testing.B) {
			for b.Loop() {
				asciiRun(s, 0)
			}
		})
		b.Run(name+"/go", func(b *testing.B) {
			for b.Loop() {
				asciiRunWords(s, 0)
			}
		})
	}
}
