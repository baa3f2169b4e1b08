package printable

import (
	"strings"
	"unicode/utf8"
)

// Map returns [Line] of s, and for each byte of that text the offset in s of the character
// that it shows. If the text is s itself, source is nil.
func Map(s string) (text string, source []int) {
	var c cluster
	n := c.printablePrefix(s, len(s))
	if n == len(s) {
		return s, nil
	}
	var b strings.Builder
	b.WriteString(s[:n])
	source = make([]int, 0, len(s)+len(s)/4+escapeLen)
	for i := 0; i < n; {
		_, size := utf8.DecodeRuneInString(s[i:])
		source = appendTimes(source, i, size)
		i += size
	}
	for i := n; i < len(s); {
		_, size, asIs := c.take(s[i:])
		shown := s[i : i+size]
		if !asIs {
			var buf [escapeLen]byte
			shown = string(appendEscape(buf[:0], shown))
		}
		b.WriteString(shown)
		source = appendTimes(source, i, len(shown))
		i += size
	}
	return b.String(), source
}

func appendTimes(dst []int, v, times int) []int {
	for range times {
		dst = append(dst, v)
	}
	return dst
}
