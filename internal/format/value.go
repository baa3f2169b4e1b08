package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	"reflect"
	"strconv"
	"strings"

	"joltui/internal/decimal"
)

// The values of JSON for templates: each prints as JSON has it, and a string as it is.
type (
	number string
	object map[string]any
	array  []any
)

// JSON is the payload decoded, for templates; nil if it is no JSON, or is that with
// something behind it.
func (m Message) JSON() any {
	d := json.NewDecoder(strings.NewReader(m.Data))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return nil
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil
	}
	return valueOf(v)
}

func valueOf(v any) any {
	switch v := v.(type) {
	case json.Number:
		return number(v)
	case map[string]any:
		for name, part := range v {
			v[name] = valueOf(part)
		}
		return object(v)
	case []any:
		for i, part := range v {
			v[i] = valueOf(part)
		}
		return array(v)
	}
	return v
}

func (o object) String() string { return mustJSON(o) }
func (a array) String() string  { return mustJSON(a) }

// MarshalJSON implements json.Marshaler: as it came.
func (n number) MarshalJSON() ([]byte, error) { return []byte(n), nil }

// Format implements fmt.Formatter, so that printf can do with a number what it does with
// those of Go: %.2f, %5d.
func (n number) Format(f fmt.State, verb rune) {
	var v any = string(n)
	switch verb {
	case 'e', 'E', 'f', 'F', 'g', 'G':
		v, _ = strconv.ParseFloat(string(n), 64)
	case 'd', 'b', 'o', 'O', 'x', 'X', 'c', 'U':
		if whole, ok := new(big.Int).SetString(string(n), 10); ok {
			v = whole
		}
	}
	fmt.Fprintf(f, fmt.FormatString(f, verb), v)
}

// toJSON writes a value as compact JSON.
func toJSON(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}

func mustJSON(v any) string {
	text, err := toJSON(v)
	if err != nil {
		return err.Error()
	}
	return text
}

// numeric returns a number as JSON has it.
func numeric(v any) (string, bool) {
	if n, ok := v.(number); ok {
		return string(n), true
	}
	switch r := reflect.ValueOf(v); {
	case !r.IsValid():
	case r.CanInt():
		return strconv.FormatInt(r.Int(), 10), true
	case r.CanUint():
		return strconv.FormatUint(r.Uint(), 10), true
	case r.CanFloat() && !math.IsInf(r.Float(), 0) && !math.IsNaN(r.Float()):
		return strconv.FormatFloat(r.Float(), 'g', -1, 64), true
	}
	return "", false
}

// equal reports whether a value is one of others. Numbers are compared without loss.
func equal(a any, others ...any) (bool, error) {
	if len(others) == 0 {
		return false, errors.New("there is nothing to compare with")
	}
	x, isNumber := numeric(a)
	for _, b := range others {
		y, alike := numeric(b)
		if isNumber && alike && decimal.Same(x, y) || !isNumber && !alike && reflect.DeepEqual(a, b) {
			return true, nil
		}
	}
	return false, nil
}

// compare orders two numbers without loss, or two texts.
func compare(a, b any) (int, error) {
	x, isNumber := numeric(a)
	y, alike := numeric(b)
	if isNumber && alike {
		return decimal.Compare(x, y), nil
	}
	s, isText := a.(string)
	t, alike := b.(string)
	if isText && alike {
		return strings.Compare(s, t), nil
	}
	return 0, fmt.Errorf("%s and %s are neither two numbers nor two texts", mustJSON(a), mustJSON(b))
}
