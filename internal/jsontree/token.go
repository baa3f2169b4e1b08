package jsontree

import (
	"fmt"
	"strings"
)

// stringEnd returns where the string ends that begins at offset.
func stringEnd(text string, offset int) (int, *SyntaxError) {
	for i := offset + 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return i + 1, nil
		case c < ' ':
			return 0, &SyntaxError{i, fmt.Sprintf("a control character, 0x%02x, in a string", c)}
		case c != '\\':
		case i+1 == len(text):
		case text[i+1] == 'u':
			if !isHex(text, i+2, 4) {
				return 0, &SyntaxError{i, `expected four hexadecimal digits after \u`}
			}
			i += 5
		case strings.IndexByte(`"\/bfnrt`, text[i+1]) < 0:
			return 0, &SyntaxError{i, "a backslash in a string that is no escape"}
		default:
			i++
		}
	}
	return 0, &SyntaxError{len(text), "the text ends within a string"}
}

func isHex(text string, offset, n int) bool {
	if offset+n > len(text) {
		return false
	}
	for _, c := range []byte(text[offset : offset+n]) {
		if !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'f') {
			return false
		}
	}
	return true
}

// simpleEnd returns where the number or literal ends that begins at offset.
func simpleEnd(text string, offset int) (int, *SyntaxError) {
	for _, literal := range []string{"true", "false", "null"} {
		if strings.HasPrefix(text[offset:], literal) {
			return offset + len(literal), nil
		}
	}
	if c := text[offset]; c != '-' && !isDigit(c) {
		return 0, &SyntaxError{offset, "expected a value"}
	}
	return numberEnd(text, offset)
}

func numberEnd(text string, offset int) (int, *SyntaxError) {
	i := offset
	at := func(chars string) bool { return i < len(text) && strings.IndexByte(chars, text[i]) >= 0 }
	digits := func() bool {
		from := i
		for i < len(text) && isDigit(text[i]) {
			i++
		}
		return i > from
	}
	if at("-") {
		i++
	}
	if at("0") {
		i++
	} else if !digits() {
		return 0, &SyntaxError{i, "expected a digit"}
	}
	if at(".") {
		if i++; !digits() {
			return 0, &SyntaxError{i, "expected a digit after the point"}
		}
	}
	if at("eE") {
		i++
		if at("+-") {
			i++
		}
		if !digits() {
			return 0, &SyntaxError{i, "expected a digit in the exponent"}
		}
	}
	return i, nil
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
