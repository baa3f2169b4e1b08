package jolt

import "strings"

// maxDepth is how deep values may be nested, as in encoding/json.
const maxDepth = 10_000

// skipValue checks the value at i and returns the index after it. depth counts
// the objects and arrays that it is in.
func (t source) skipValue(i, depth int) (int, error) {
	s := t.s
	if i == len(s) {
		return i, malformed("byte %d: expected a value", i)
	}
	switch s[i] {
	case '"':
		end, _, err := t.walkString(i + 1)
		return end, err
	case '{':
		return t.skipContainer(i, depth, '}')
	case '[':
		return t.skipContainer(i, depth, ']')
	}
	for _, literal := range [...]string{"true", "false", "null"} {
		if strings.HasPrefix(s[i:], literal) {
			return i + len(literal), nil
		}
	}
	return skipNumber(s, i)
}

// skipContainer checks the object or array at i, which ends with end.
func (t source) skipContainer(i, depth int, end byte) (int, error) {
	s := t.s
	if depth++; depth > maxDepth {
		return i, malformed("byte %d: nested deeper than %d", i, maxDepth)
	}
	i = skipSpace(s, i+1)
	if i < len(s) && s[i] == end {
		return i + 1, nil
	}
	for {
		var err error
		if end == '}' {
			if i, err = t.skipKey(i); err != nil {
				return i, err
			}
		}
		if i, err = t.skipValue(i, depth); err != nil {
			return i, err
		}
		i = skipSpace(s, i)
		switch {
		case i < len(s) && s[i] == end:
			return i + 1, nil
		case i == len(s) || s[i] != ',':
			return i, malformed("byte %d: expected a comma or %q", i, end)
		}
		i = skipSpace(s, i+1)
	}
}

// skipKey checks a key and its colon and returns the index of its value.
func (t source) skipKey(i int) (int, error) {
	s := t.s
	if i == len(s) || s[i] != '"' {
		return i, malformed("byte %d: expected a key", i)
	}
	i, _, err := t.walkString(i + 1)
	if err != nil {
		return i, err
	}
	if i = skipSpace(s, i); i == len(s) || s[i] != ':' {
		return i, malformed("byte %d: expected a colon", i)
	}
	return skipSpace(s, i+1), nil
}

// skipNumber checks the number at i.
func skipNumber(s string, i int) (int, error) {
	start := i
	if i < len(s) && s[i] == '-' {
		i++
	}
	whole := skipDigits(s, i)
	if whole == i || s[i] == '0' && whole > i+1 {
		return start, malformed("byte %d: not a value", start)
	}
	i = whole
	if i < len(s) && s[i] == '.' {
		end := skipDigits(s, i+1)
		if end == i+1 {
			return start, malformed("byte %d: not a number", start)
		}
		i = end
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		end := skipDigits(s, i)
		if end == i {
			return start, malformed("byte %d: not a number", start)
		}
		i = end
	}
	return i, nil
}

func skipDigits(s string, i int) int {
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	return i
}
