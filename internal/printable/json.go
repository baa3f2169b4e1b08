package printable

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// JSON is [Block] for a text of valid JSON, with the escapes of JSON, so that it means
// what it did. Characters that are not ASCII are inside strings.
func JSON(text string) string {
	if Block(text) == text {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		char := string(r)
		switch {
		case r == '\n', r == utf8.RuneError, Line(char) == char:
			b.WriteString(char)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}
