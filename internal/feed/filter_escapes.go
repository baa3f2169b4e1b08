package feed

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// withoutEscapes decodes the \u escapes of a JSON text that stand for characters one can
// read, so that somebody who looks for é finds what a program has written as \u00e9. ok
// is false where there are none.
func withoutEscapes(data string) (decoded string, ok bool) {
	if !strings.Contains(data, `\u`) || !looksLikeJSON(data) {
		return "", false
	}
	var b strings.Builder
	for {
		at := strings.IndexByte(data, '\\')
		if at < 0 || at+1 >= len(data) {
			b.WriteString(data)
			return b.String(), ok
		}
		b.WriteString(data[:at])
		r, size := escaped(data[at:])
		if size > 0 {
			b.WriteRune(r)
			ok = true
		} else {
			size = 2 // also of an escaped backslash, behind which u is a letter
			b.WriteString(data[at : at+size])
		}
		data = data[at+size:]
	}
}

func looksLikeJSON(data string) bool {
	data = strings.TrimLeft(data, " \t\r\n")
	return data != "" && strings.IndexByte(`{["`, data[0]) >= 0
}

// escaped returns the character that a \u escape at the start of text stands for, and how
// long that is; 0 is none, or one that means something else without its escape.
func escaped(text string) (r rune, size int) {
	r, size = codeUnit(text)
	if utf16.IsSurrogate(r) {
		low, more := codeUnit(text[size:])
		if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
			return 0, 0
		}
		size += more
	}
	if r < ' ' || r == '"' || r == '\\' || r == 0x7f {
		return 0, 0
	}
	return r, size
}

func codeUnit(text string) (r rune, size int) {
	const length = len(`\u0000`)
	if len(text) < length || text[:2] != `\u` {
		return 0, 0
	}
	n, err := strconv.ParseUint(text[2:length], 16, 16)
	if err != nil {
		return 0, 0
	}
	return rune(n), length
}
