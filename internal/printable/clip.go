package printable

import (
	"strings"
	"unicode/utf8"
)

// Clip returns a copy of s, cut to at most n bytes and not within a character. It makes
// nothing printable: what is kept of a text must not keep all of it.
func Clip(s string, n int) string {
	if len(s) <= n {
		return strings.Clone(s)
	}
	for range utf8.UTFMax - 1 {
		if n == 0 || utf8.RuneStart(s[n]) {
			break
		}
		n--
	}
	return strings.Clone(s[:n])
}
