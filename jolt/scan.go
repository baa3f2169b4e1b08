package jolt

import (
	"strings"
	"unicode/utf8"
)

// The scanner below reads one JSON object. It is stricter than encoding/json:
// duplicate keys of the object itself, invalid UTF-8 and unpaired surrogates are
// errors. It allocates nothing but the strings that were escaped, so that a
// line of the largest size costs little more than itself.

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

// maxMembers is how many members a frame may have. Those of the protocol have at
// most three; without a bound, a line of many would cost a multiple of itself.
const maxMembers = 4096

// object holds the members of a JSON object; the map is for lines that bring
// more than the protocol's own.
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
			return malformed("duplicate key %.64q", key) // the key may be as long as the line
		}
		if len(o.more) > maxMembers-len(o.inline) {
			return malformed("more than %d members", maxMembers)
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
	rest := s[i:]
	switch {
	case rest == "":
		return value{}, i, malformed("byte %d: expected a value", i)
	case rest[0] == '"':
		text, next, err := scanString(s, i+1)
		return value{stringValue, text}, next, err
	case strings.HasPrefix(rest, "true"):
		return value{trueValue, rest[:4]}, i + 4, nil
	case strings.HasPrefix(rest, "false"):
		return value{falseValue, rest[:5]}, i + 5, nil
	case strings.HasPrefix(rest, "null"):
		return value{nullValue, rest[:4]}, i + 4, nil
	}
	next, err := skipValue(s, i, 1)
	return value{otherValue, s[i:next]}, next, err
}

// scanString reads a string whose opening quote is before start. The result is
// a substring of s unless something in it was escaped.
func scanString(s string, start int) (string, int, error) {
	end, escapes, err := walkString(s, start)
	switch {
	case err != nil:
		return "", end, err
	case escapes == 0:
		return s[start : end-1], end, nil
	default:
		return unescape(s[start : end-1]), end, nil
	}
}

// walkString checks a string whose opening quote is before start. It returns
// the index after its closing quote, and how many escapes there are.
func walkString(s string, start int) (end, escapes int, err error) {
	i, ascii := plainRun(s, start)
	for i < len(s) && s[i] == '\\' {
		escapes++
		if i+1 < len(s) && simpleEscape(s[i+1]) != 0 {
			i += 2
		} else if _, i, err = scanUnicode(s, i+1); err != nil {
			return i, 0, err
		}
		var plain bool
		i, plain = shortRun(s, i)
		ascii = ascii && plain
	}
	switch {
	case i == len(s):
		return i, 0, malformed("byte %d: the string does not end", start)
	case s[i] != '"':
		return i, 0, malformed("byte %d: control character %#02x in a string", i, s[i])
	case !ascii && !utf8.ValidString(s[start:i]):
		return i, 0, malformed("byte %d: invalid UTF-8", start)
	}
	return i + 1, escapes, nil
}
