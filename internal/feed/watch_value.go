package feed

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"joltui/internal/decimal"
	"joltui/internal/query"
)

// ValueKind is the kind of a value.
type ValueKind uint8

// The kinds of values. Null has no kind: it counts as missing.
const (
	NoValue     ValueKind = iota
	NumberValue           // that a float64 can hold
	WordValue             // a string, true or false; a number that no float64 holds, as 1e400, nan and infinite
	OtherValue            // an object or an array
)

// value is what a watch reads in a payload.
type value struct {
	kind    ValueKind
	numeric bool    // it can be compared with numbers: also those that no float64 holds
	number  float64 // infinite for a number that is too large
	text    string  // as JSON; of an object or array only that it is one
}

// What jq calls numbers that JSON cannot write.
const (
	infinite      = "infinite"
	minusInfinite = "-infinite"
)

// numberOf is a number by what a float64 makes of it. One that none holds can be no
// part of a mean or a chart: it counts as a word, so that it is seen.
func numberOf(f float64, text string) value {
	v := value{kind: NumberValue, numeric: true, number: f, text: text}
	if math.IsInf(f, 0) || math.IsNaN(f) {
		v.kind = WordValue
	}
	return v
}

// order compares two numbers exactly; ok is false where one of them is none. Rounding to
// a float64 changes no order, so only what is the same there needs a closer look.
func (v *value) order(other *value) (order int, ok bool) {
	switch {
	case !v.numeric || !other.numeric || math.IsNaN(v.number) || math.IsNaN(other.number):
		return 0, false
	case v.number != other.number:
		return cmp.Compare(v.number, other.number), true
	case v.text == other.text:
		return 0, true
	case v.text == infinite, other.text == minusInfinite:
		return 1, true
	case v.text == minusInfinite, other.text == infinite:
		return -1, true
	}
	return decimal.Compare(v.text, other.text), true
}

// reader returns the values of a field in a payload. It fails if the payload is no JSON, or
// if the expression fails on it.
type reader interface {
	read(into []value, data string) ([]value, error)
}

// maxValues is how many values an expression may give for a message. Further ones
// are left out.
const maxValues = 100

// compile makes a reader of a jq expression. The error is one short line.
func compile(path string) (reader, error) {
	if plain, ok := plainPath(path); ok {
		return plain, nil
	}
	if isName(path) {
		return nil, &needsDot{path}
	}
	q, err := query.Parse(path)
	if err != nil {
		return nil, err
	}
	return expression{q}, nil
}

func isName(text string) bool {
	_, ok := plainPath("." + text)
	return ok && text != ""
}

// needsDot is the error for a path without the dot in front, a common mistake.
type needsDot struct{ name string }

// Error suggests the path with its dot.
func (e *needsDot) Error() string { return "a path begins with a dot: ." + e.name }

func (p jsonPath) read(into []value, data string) ([]value, error) {
	found, valid := p.lookup(data)
	switch {
	case !valid:
		return into, query.ErrNotJSON
	case found == "", found == "null":
		return into, nil
	default:
		return append(into, valueOf(found)), nil
	}
}

// valueOf reads a value from its JSON text, which is valid.
func valueOf(text string) value {
	switch text[0] {
	case '"':
		return value{kind: WordValue, text: canonical(text)}
	case 't', 'f':
		return value{kind: WordValue, text: text}
	case '{':
		return value{kind: OtherValue, text: "{…}"}
	case '[':
		return value{kind: OtherValue, text: "[…]"}
	default:
		f, _ := strconv.ParseFloat(text, 64) // what is too large is infinite
		return numberOf(f, text)
	}
}

// canonical returns a string in quotes with no escapes but those it needs, so that
// each string has one text.
func canonical(quoted string) string {
	if strings.IndexByte(quoted, '\\') < 0 {
		return quoted
	}
	return quoteWord(unquote(quoted))
}

func quoteWord(s string) string {
	needsEscape := func(r rune) bool { return r < ' ' || r == '"' || r == '\\' }
	if strings.IndexFunc(s, needsEscape) < 0 {
		return `"` + s + `"`
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		return strconv.Quote(s) // a string can always be encoded
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// expression reads with jq.
type expression struct{ *query.Query }

func (e expression) read(into []value, data string) ([]value, error) {
	results, err := e.Values(data, maxValues)
	for _, v := range results {
		if v != nil {
			into = append(into, resultOf(v))
		}
	}
	return into, err
}

// resultOf is valueOf for an output of an expression.
func resultOf(v any) value {
	switch v := v.(type) {
	case string:
		return value{kind: WordValue, text: quoteWord(v)}
	case bool:
		return value{kind: WordValue, text: strconv.FormatBool(v)}
	case map[string]any:
		return value{kind: OtherValue, text: "{…}"}
	case []any:
		return value{kind: OtherValue, text: "[…]"}
	}
	switch f, isFloat := v.(float64); {
	case isFloat && math.IsNaN(f):
		return numberOf(f, "nan")
	case isFloat && math.IsInf(f, 1):
		return numberOf(f, infinite)
	case isFloat && math.IsInf(f, -1):
		return numberOf(f, minusInfinite)
	}
	f, _ := query.Float(v)
	return numberOf(f, query.Text(v))
}
