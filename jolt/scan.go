package jolt

import (
	"encoding/json"
	"math/bits"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The scanner below reads the shape that all but odd frames have, an object of
// strings and booleans, and leaves any other value to encoding/json. It is
// stricter than encoding/json: duplicate keys, invalid UTF-8 and unpaired
// surrogates are errors.

type valueKind uint8

const (
	noValue valueKind = iota
	stringValue
	trueValue
	falseValue
	nullValue
	otherValue
)

// value is a JSON value: a string decoded, anything else as its raw text.
type value struct {
	kind valueKind
	text string
}

type field struct {
	key string
	value
}

// object holds the members of a JSON object. Frames have at most three keys of
// their own; the map is for lines that bring many more.
type object struct {
	n      int
	inline [6]field
	more   map[string]value
}

func (o *object) get(key string) value {
	for i := range o.inline[:o.n] {
		if o.inline[i].key == key {
			return o.inline[i].value
		}
	}
	return o.more[key]
}

// text returns a member that has to be a string.
func (o *object) text(key, op string) (string, error) {
	v := o.get(key)
	if v.kind == stringValue {
		return v.text, nil
	}
	what := "a request"
	if op != "" {
		what = op
	}
	if v.kind == noValue {
		return "", malformed("%s needs %q", what, key)
	}
	return "", malformed("%q of %s must be a string", key, what)
}

func (o *object) add(key string, v value) bool {
	if o.get(key).kind != noValue {
		return false
	}
	if o.n < len(o.inline) {
		o.inline[o.n] = field{key, v}
		o.n++
		return true
	}
	if o.more == nil {
		o.more = make(map[string]value)
	}
	o.more[key] = v
	return true
}

// scan reads a line that is one JSON object and nothing else into an empty o.
func (o *object) scan(s string) error {
	i := skipSpace(s, 0)
	if i == len(s) || s[i] != '{' {
		return malformed("not a JSON object")
	}
	i = skipSpace(s, i+1)
	if i < len(s) && s[i] == '}' {
		return endOfLine(s, i+1)
	}
	for {
		if i == len(s) || s[i] != '"' {
			return malformed("byte %d: expected a key", i)
		}
		key, next, err := scanString(s, i+1)
		if err != nil {
			return err
		}
		if i = skipSpace(s, next); i == len(s) || s[i] != ':' {
			return malformed("byte %d: expected a colon", i)
		}
		v, next, err := scanValue(s, skipSpace(s, i+1))
		if err != nil {
			return err
		}
		if !o.add(key, v) {
			return malformed("duplicate key %q", key)
		}
		if i = skipSpace(s, next); i == len(s) {
			return malformed("byte %d: the object does not end", i)
		}
		switch s[i] {
		case '}':
			return endOfLine(s, i+1)
		case ',':
			i = skipSpace(s, i+1)
		default:
			return malformed("byte %d: expected a comma or the object's end", i)
		}
	}
}

func endOfLine(s string, i int) error {
	if i = skipSpace(s, i); i != len(s) {
		return malformed("byte %d: text after the object", i)
	}
	return nil
}

func skipSpace(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\r' || s[i] == '\n') {
		i++
	}
	return i
}

// scanValue reads the value at i and returns the index after it.
func scanValue(s string, i int) (value, int, error) {
	if i == len(s) {
		return value{}, i, malformed("byte %d: expected a value", i)
	}
	rest := s[i:]
	switch {
	case s[i] == '"':
		text, next, err := scanString(s, i+1)
		return value{stringValue, text}, next, err
	case strings.HasPrefix(rest, "true"):
		return value{trueValue, rest[:4]}, i + 4, nil
	case strings.HasPrefix(rest, "false"):
		return value{falseValue, rest[:5]}, i + 5, nil
	case strings.HasPrefix(rest, "null"):
		return value{nullValue, rest[:4]}, i + 4, nil
	}
	dec := json.NewDecoder(strings.NewReader(rest))
	var raw json.RawMessage
	if err := dec.Decode(&raw); err != nil {
		return value{}, i, malformed("byte %d: %v", i, err)
	}
	next := i + int(dec.InputOffset())
	if text := s[i:next]; utf8.ValidString(text) {
		return value{otherValue, text}, next, nil
	}
	return value{}, i, malformed("byte %d: invalid UTF-8", i)
}

// scanString reads a string whose opening quote is before i. The result is a
// substring of s unless something in it was escaped.
func scanString(s string, i int) (string, int, error) {
	start := i
	var b strings.Builder
	for {
		end, ascii := plainRun(s, i)
		if end == len(s) {
			return "", end, malformed("byte %d: the string does not end", start)
		}
		run := s[i:end]
		if !ascii && !utf8.ValidString(run) {
			return "", end, malformed("byte %d: invalid UTF-8", i)
		}
		switch s[end] {
		case '"':
			if b.Len() == 0 && i == start {
				return run, end + 1, nil
			}
			b.WriteString(run)
			return b.String(), end + 1, nil
		case '\\':
			if i == start {
				b.Grow(len(s) - start)
			}
			b.WriteString(run)
			r, next, err := scanEscape(s, end+1)
			if err != nil {
				return "", end, err
			}
			b.WriteRune(r)
			i = next
		default:
			return "", end, malformed("byte %d: control character %#02x in a string", end, s[end])
		}
	}
}

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
