package feed

import (
	"encoding/json"
	"strconv"
	"strings"
)

// jsonPath is a plain jq path, of names and of positions in arrays. It is looked
// up without decoding the payload: 0.4 µs for 110 bytes, of which jq takes 7 µs.
type jsonPath []pathStep

// pathStep is the name of a member, or a position from 0 when isIndex.
type pathStep struct {
	name    string
	index   int
	isIndex bool
}

// plainPath parses a path such as .order.items[3]["unit price"]. ok is false for any other
// expression, which needs package query.
func plainPath(text string) (path jsonPath, ok bool) {
	if text == "." {
		return jsonPath{}, true
	}
	for rest := text; rest != ""; {
		if rest == text && rest[0] != '.' {
			return nil, false
		}
		step, n := nextStep(rest, rest == text)
		if n == 0 {
			return nil, false
		}
		path, rest = append(path, step), rest[n:]
	}
	return path, path != nil
}

// nextStep reads a step and returns how long it is; 0 if there is none.
func nextStep(s string, first bool) (step pathStep, n int) {
	bracket := s
	if first {
		bracket = s[1:] // .[3], but not .a.[3]
	}
	if strings.HasPrefix(bracket, "[") {
		inside, _, closed := strings.Cut(bracket[1:], "]")
		n = len(s) - len(bracket) + len(inside) + 2
		if i, digits := parseIndex(inside); closed && digits {
			return pathStep{index: i, isIndex: true}, n
		}
		if name, size := quotedName(bracket[1:]); size > 0 && strings.HasPrefix(bracket[1+size:], "]") {
			return pathStep{name: name}, len(s) - len(bracket) + size + 2
		}
		return pathStep{}, 0
	}
	if s[0] != '.' {
		return pathStep{}, 0
	}
	if name, size := quotedName(s[1:]); size > 0 {
		return pathStep{name: name}, 1 + size
	}
	size := 0
	for size < len(s)-1 && isNameByte(s[1+size], size == 0) {
		size++
	}
	if size == 0 {
		return pathStep{}, 0
	}
	return pathStep{name: s[1 : 1+size]}, 1 + size
}

func parseIndex(text string) (int, bool) {
	i, err := strconv.ParseUint(text, 10, 31)
	return int(i), err == nil && text[0] != '+'
}

// quotedName reads a name in quotes. One with an escape may be an expression.
func quotedName(s string) (name string, size int) {
	if !strings.HasPrefix(s, `"`) {
		return "", 0
	}
	name, _, closed := strings.Cut(s[1:], `"`)
	if !closed || strings.ContainsRune(name, '\\') {
		return "", 0
	}
	return name, len(name) + 2
}

func isNameByte(c byte, first bool) bool {
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || !first && '0' <= c && c <= '9'
}

// lookup returns the JSON text at the path, or "" if there is none. It reads all of data:
// valid reports whether data is one JSON value and nothing else. Of members with the same
// name the last one counts, as in encoding/json.
func (p jsonPath) lookup(data string) (found string, valid bool) {
	s := jsonScan{text: data, path: p}
	s.space()
	if !s.value(0) {
		return "", false
	}
	s.space()
	return s.found, s.at == len(data)
}

// isStep reports whether a member's name, in quotes as it came, is that of step.
func (s *jsonScan) isStep(quoted string, step int) bool {
	if step < 0 || step >= len(s.path) || s.path[step].isIndex {
		return false
	}
	name := quoted[1 : len(quoted)-1]
	if strings.IndexByte(name, '\\') >= 0 {
		name = unquote(quoted)
	}
	return name == s.path[step].name
}

// unquote decodes a string of JSON, which is valid.
func unquote(quoted string) string {
	var s string
	if json.Unmarshal([]byte(quoted), &s) != nil {
		return quoted
	}
	return s
}

// PathSteps returns the steps of a plain jq path, as .order.items[3]["unit price"]: names of
// fields are strings, positions in arrays ints. ok is false for any other expression.
func PathSteps(text string) (steps []any, ok bool) {
	path, ok := plainPath(text)
	for _, step := range path {
		if step.isIndex {
			steps = append(steps, step.index)
		} else {
			steps = append(steps, step.name)
		}
	}
	return steps, ok
}
