package query

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/itchyny/gojq"
)

// maxText is the longest expression, in bytes.
const maxText = 4 << 10

// Query is a compiled jq expression. It is safe for concurrent use.
type Query struct {
	text string
	code *gojq.Code
}

// String returns the text that the query was compiled from.
func (q *Query) String() string { return q.text }

// Match reports whether the query selects a payload: whether its first output is
// neither false nor null. A payload that is no JSON is not selected, nor is one
// that the query fails on.
func (q *Query) Match(data string) bool {
	match, _ := q.match(data, newBudget(len(data)))
	return match
}

// Quick is Match with a bound: it gives up after 2 ms, plus the time that it takes to decode
// the payload. done is then false.
func (q *Query) Quick(data string) (match, done bool) {
	match, err := q.match(data, &budget{left: quickSteps})
	return match, !errors.Is(err, errTooLong)
}

func (q *Query) match(data string, b *budget) (bool, error) {
	input, err := decode(data)
	if err != nil {
		return false, err
	}
	output, ok := q.code.RunWithContext(b, input).Next()
	if err, failed := output.(error); failed {
		return false, err
	}
	return ok && output != nil && output != false, nil
}

// ErrNotJSON is the error for a payload that is not one JSON value.
var ErrNotJSON = errors.New("the payload is no JSON")

// Values returns the outputs of the query for a payload, at most max of them.
// They are what encoding/json decodes to, except for numbers: those are int,
// float64, *big.Int, or [json.Number] where they come from the payload as they
// are, so that no digit is lost. They must not be changed.
//
// The error is one short plain line, and [ErrNotJSON] for a payload that is none.
// The outputs before it are returned, too.
func (q *Query) Values(data string, max int) ([]any, error) {
	input, err := decode(data)
	if err != nil {
		return nil, err
	}
	var values []any
	room := maxOutput
	for outputs := q.code.RunWithContext(newBudget(len(data)), input); len(values) < max; {
		output, ok := outputs.Next()
		if !ok {
			break
		}
		if err, failed := output.(error); failed {
			return values, oneLine(err)
		}
		if room -= weigh(output, room); room <= 0 {
			return values, errTooLarge
		}
		values = append(values, output)
	}
	return values, nil
}

// decode decodes one JSON value. Numbers keep their digits.
func decode(data string) (any, error) {
	d := json.NewDecoder(strings.NewReader(data))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, ErrNotJSON
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, ErrNotJSON
	}
	return v, nil
}

// Float returns a number among the values as a float64; ok is false for a value that is no
// number.
func Float(v any) (f float64, ok bool) {
	f, ok = gojq.ToFloat64(v)
	return f, ok && !math.IsNaN(f)
}

// Text returns a value as compact JSON, and a string as it is.
func Text(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	text, err := gojq.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}
