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
