package query

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Path returns the jq expression for a path in a JSON value. keys are names of fields, which
// are strings, and indexes of arrays, which are ints. Names are quoted where jq needs that:
// .order["unit price"][3]. Without keys it is the whole value.
func Path(keys ...any) string {
	if len(keys) == 0 {
		return "."
	}
	var b strings.Builder
	for i, key := range keys {
		index, isIndex := key.(int)
		name := fmt.Sprint(key)
		switch {
		case !isIndex && isIdentifier(name):
			b.WriteString("." + name)
			continue
		case i == 0:
			b.WriteByte('.')
		}
		if isIndex {
			b.WriteString("[" + strconv.Itoa(index) + "]")
		} else {
			b.WriteString("[" + quote(name) + "]")
		}
	}
	return b.String()
}

// isIdentifier reports whether jq takes a name as it is, after a dot.
func isIdentifier(name string) bool {
	for i, c := range []byte(name) {
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != ""
}

// quote returns a name as a string of jq, which is a string of JSON: a backslash is doubled,
// so that nothing in it is interpolated.
func quote(name string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(name); err != nil {
		return strconv.Quote(name) // a string can always be encoded
	}
	return strings.TrimSuffix(b.String(), "\n")
}
