package jolt

import (
	"math/bits"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The insides of JSON strings.

// scanEscape reads what follows a backslash at i-1.
func scanEscape(s string, i int) (rune, int, error) {
	if i == len(s) {
		return 0, i, malformed("byte %d: the string does not end", i)
	}
	switch c := s[i]; c {
	case '"', '\\', '/':
		return rune(c), i + 1, nil
	case 'b':
		return '\b', i + 1, nil
	case 'f':
		return '\f', i + 1, nil
	case 'n':
		return '\n', i + 1, nil
	case 'r':
		return '\r', i + 1, nil
	case 't':
		return '\t', i + 1, nil
	case 'u':
		return scanUnicode(s, i+1)
	default:
		return 0, i, malformed("byte %d: unknown escape", i-1)
	}
}

// scanUnicode reads the four digits of a \u escape, and the second escape of a
// surrogate pair.
func scanUnicode(s string, i int) (rune, int, error) {
	r, ok := hex4(s, i)
	if !ok {
		return 0, i, malformed("byte %d: \\u needs four hexadecimal digits", i)
	}
	i += 4
	if !utf16.IsSurrogate(r) {
		return r, i, nil
	}
	if strings.HasPrefix(s[i:], `\u`) {
		if low, ok := hex4(s, i+2); ok {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return pair, i + 6, nil
			}
		}
	}
	return 0, i, malformed("byte %d: unpaired surrogate", i-6)
}

func hex4(s string, i int) (rune, bool) {
	if i+4 > len(s) {
		return 0, false
	}
	var r rune
	for _, c := range []byte(s[i : i+4]) {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// plainRun returns the index of the first byte from i on that ends a run of
// plain characters in a JSON string: a quote, a backslash or a control
// character. ascii says that the run has no byte above 0x7f.
//
// It looks at eight bytes at a time until it meets one above 0x7f. A byte that
// is found by the borrow of a lower one cannot come first, so the first is exact.
func plainRun(s string, i int) (end int, ascii bool) {
	for ; i+8 <= len(s); i += 8 {
		w := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
			uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
		quote, slash := w^(ones*'"'), w^(ones*'\\')
		special := (quote-ones)&^quote | (slash-ones)&^slash | (w-ones*0x20)&^w | w
		if special &= highs; special != 0 {
			i += bits.TrailingZeros64(special) / 8
			break
		}
	}
	ascii = true
	for ; i < len(s); i++ {
		c := s[i]
		if c == '"' || c == '\\' || c < 0x20 {
			break
		}
		if c >= utf8.RuneSelf {
			ascii = false
		}
	}
	return i, ascii
}

// appendString appends s as a JSON string. It escapes only what JSON makes it
// escape; invalid UTF-8 becomes U+FFFD.
func appendString(dst []byte, s string) []byte {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	dst = append(dst, '"')
	for i := 0; ; {
		end, _ := plainRun(s, i)
		dst = append(dst, s[i:end]...)
		if end == len(s) {
			return append(dst, '"')
		}
		dst = appendEscape(dst, s[end])
		i = end + 1
	}
}

func appendEscape(dst []byte, c byte) []byte {
	const digits = "0123456789abcdef"
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\b':
		return append(dst, `\b`...)
	case '\f':
		return append(dst, `\f`...)
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	default:
		return append(dst, '\\', 'u', '0', '0', digits[c>>4], digits[c&0xf])
	}
}
