package printable

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// escapeSize is how many bytes \uXXXX has.
const escapeSize = 6

// MapJSON is [Map] for a string of JSON, with its quotes, or a part of one: \u escapes of
// characters that are not ASCII are shown as those, as far as they are printable. What
// programs write so that have only ASCII, as Python's json.dumps, can be read then.
func MapJSON(s string) (text string, source []int) {
	decoded, from := decodeEscapes(s)
	text, source = Map(decoded)
	switch {
	case from == nil:
		return text, source
	case source == nil:
		return text, from
	}
	for i, at := range source {
		source[i] = from[at]
	}
	return text, source
}

// decodeEscapes returns s with those escapes decoded, and where each byte comes from.
// Where there are none, that is s itself, and no offsets.
func decodeEscapes(s string) (text string, from []int) {
	if !strings.Contains(s, `\u`) {
		return s, nil
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := escaped(s[i:])
		shown := s[i : i+size]
		if r >= utf8.RuneSelf {
			shown = string(r)
			from = appendTimes(from, i, len(shown))
		} else {
			for at := range size {
				from = append(from, i+at)
			}
		}
		b.WriteString(shown)
		i += size
	}
	return b.String(), from
}

// escaped returns the character of a \u escape that s begins with, and its size; -1 and
// how much of s is to be left as it is where there is none.
func escaped(s string) (r rune, size int) {
	switch {
	case s[0] != '\\':
		return -1, 1
	case len(s) < 2 || s[1] != 'u':
		return -1, min(2, len(s))
	}
	r, ok := unit16(s)
	if !ok {
		return -1, 2
	}
	if !utf16.IsSurrogate(r) {
		return r, escapeSize
	}
	if low, ok := unit16(s[escapeSize:]); ok {
		if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
			return pair, 2 * escapeSize
		}
	}
	return -1, escapeSize
}

// unit16 reads the \uXXXX that s begins with.
func unit16(s string) (r rune, ok bool) {
	if len(s) < escapeSize || s[:2] != `\u` {
		return 0, false
	}
	v, err := strconv.ParseUint(s[2:escapeSize], 16, 16)
	return rune(v), err == nil
}

// EscapeEnd returns i, or the end of the \u escape, or of the two of a pair, that i lies
// within.
func EscapeEnd(s string, i int) int {
	for k := max(i-2*escapeSize+1, 0); k < i; k++ {
		if s[k] != '\\' {
			continue
		}
		if _, size := escaped(s[k:]); size > 2 && k+size > i {
			return k + size
		}
	}
	return i
}
