package jolt

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// The scanner below reads one JSON object. It is stricter than encoding/json:
// duplicate keys of the object itself and invalid UTF-8 are errors, and in a request
// unpaired surrogates. It allocates nothing but the strings that were escaped, so
// that a line of the largest size costs little more than itself.

// source is a line that is scanned.
type source struct {
	s string
	// halves says that half a surrogate pair is no error, and stays as it is escaped:
	// JSON allows it, programs that cut a text within an emoji write it, and what a
	// broker has sent is not to be lost for it.
	halves bool
}

type valueKind uint8

const (
	noValue valueKind = iota
	stringValue
	trueValue
	falseValue
	nullValue
	otherValue
)

// value is a JSON value: a string decoded, anything else as its raw text. raw is the
// text as it stands in the line, the quotes of a string included.
type value struct {
	kind valueKind
	text string
	raw  string
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
		return "", malformed("%s needs %q%s", what, key, o.older(key))
	}
	if key == "data" {
		return "", malformed("%q of %s must be a string: other JSON has to be the text of one", key, what)
	}
	return "", malformed("%q of %s must be a string", key, what)
}

// older tells what to do where a request has what older clients send in place of op.
func (o *object) older(key string) string {
	for _, other := range []string{"cmd", "command"} {
		if key == "op" && o.get(other).kind != noValue {
			return fmt.Sprintf(" in place of %q, which clients before 2.3.1 send: update the client", other)
		}
	}
	return ""
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
func (o *object) scan(t source) error {
	s := t.s
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
		key, next, err := t.scanString(i + 1)
		if err != nil {
			return err
		}
		if i = skipSpace(s, next); i == len(s) || s[i] != ':' {
			return malformed("byte %d: expected a colon", i)
		}
		v, next, err := t.scanValue(skipSpace(s, i+1))
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
func (t source) scanValue(i int) (value, int, error) {
	s, rest := t.s, t.s[i:]
	switch {
	case rest == "":
		return value{}, i, malformed("byte %d: expected a value", i)
	case rest[0] == '"':
		text, next, err := t.scanString(i + 1)
		return value{stringValue, text, s[i:next]}, next, err
	case strings.HasPrefix(rest, "true"):
		return value{trueValue, rest[:4], rest[:4]}, i + 4, nil
	case strings.HasPrefix(rest, "false"):
		return value{falseValue, rest[:5], rest[:5]}, i + 5, nil
	case strings.HasPrefix(rest, "null"):
		return value{nullValue, rest[:4], rest[:4]}, i + 4, nil
	}
	next, err := t.skipValue(i, 1)
	return value{otherValue, s[i:next], s[i:next]}, next, err
}

// scanString reads a string whose opening quote is before start. The result is
// a substring of s unless something in it was escaped.
func (t source) scanString(start int) (string, int, error) {
	s := t.s
	end, escapes, err := t.walkString(start)
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
func (t source) walkString(start int) (end, escapes int, err error) {
	s := t.s
	i, ascii := plainRun(s, start)
	for i < len(s) && s[i] == '\\' {
		escapes++
		if i+1 < len(s) && simpleEscape(s[i+1]) != 0 {
			i += 2
		} else if _, i, err = t.scanUnicode(i + 1); err != nil {
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
