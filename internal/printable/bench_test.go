package printable

import (
	"strings"
	"testing"
)

func BenchmarkLine(b *testing.B) {
	for name, s := range map[string]string{
		"ascii":   strings.Repeat(`{"id":4711,"status":"failed"}`, 5),
		"chinese": strings.Repeat("漢字かな交じり文", 12),
		"hostile": strings.Repeat("\x1b[31mred\u202e\xff", 12),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				Line(s)
			}
		})
	}
}

func BenchmarkBlock(b *testing.B) {
	s := strings.Repeat("  \"key\": \"value\",\n", 200)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		Block(s)
	}
}

// BenchmarkPrefix: a row of the largest payload costs as much as a short one.
func BenchmarkPrefix(b *testing.B) {
	s := strings.Repeat("x", 16<<20)
	b.ReportAllocs()
	for b.Loop() {
		Prefix(s, 120)
	}
}
