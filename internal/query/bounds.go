package query

import (
	"context"
	"encoding/json"
	"errors"
	"math/big"
	"time"

	"github.com/itchyny/gojq"
)

const (
	// maxSteps and stepsPerByte bound an evaluation. A step takes 20 to 60 ns, so that an
	// endless expression takes 10 ms on a short payload. A walk through all of a payload,
	// as [.. | numbers], takes up to 50 steps a byte.
	maxSteps     = 200_000
	stepsPerByte = 64
	// quickSteps bounds the evaluation of Quick: 2 ms.
	quickSteps = 50_000
	// maxOutput bounds what Values returns for one payload: the bytes of its texts, plus
	// one for each value.
	maxOutput = 16 << 20
	// maxRepeat bounds a text that a multiplication makes, in bytes, and maxDigits a
	// number.
	maxRepeat = 1 << 20
	maxDigits = 10_000
)

var (
	errTooLong  = errors.New("the expression does not come to an end")
	errTooLarge = errors.New("the expression makes a value that is too large")
)

// budget is a context that is done after a number of steps: gojq calls Done before each.
type budget struct{ left int }

// newBudget returns the budget of an evaluation for a payload of size bytes.
func newBudget(size int) *budget { return &budget{left: maxSteps + size*stepsPerByte} }

var _ context.Context = (*budget)(nil)

// closedChannel returns a channel that is closed.
func closedChannel() <-chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}

// Done takes a step, and returns a closed channel if none was left.
func (b *budget) Done() <-chan struct{} {
	if b.left--; b.left < 0 {
		return closedChannel()
	}
	return nil
}

// Err returns an error once the budget is used up.
func (b *budget) Err() error {
	if b.left < 0 {
		return errTooLong
	}
	return nil
}

// Deadline implements [context.Context]; there is none.
func (b *budget) Deadline() (time.Time, bool) { return time.Time{}, false }

// Value implements [context.Context]; there are none.
func (b *budget) Value(any) any { return nil }

// weigh returns how much of room a value takes. It stops once it takes all: a value that an
// expression makes in a few steps may have more parts than there is memory, because it
// shares them.
func weigh(v any, room int) int {
	weight := 1
	add := func(part any) bool {
		weight += weigh(part, room-weight)
		return weight < room
	}
	switch v := v.(type) {
	case string:
		return weight + len(v)
	case json.Number:
		return weight + len(v)
	case *big.Int:
		return weight + v.BitLen()/8
	case []any:
		for _, part := range v {
			if !add(part) {
				return room
			}
		}
	case map[string]any:
		for name, part := range v {
			if weight += len(name); !add(part) {
				return room
			}
		}
	}
	return weight
}

// affordable fails for a multiplication whose product would be too large: gojq
// makes a text of 2 GB in one step.
func affordable(_ any, factors []any) any {
	a, b := factors[0], factors[1]
	if repeat(a, b) > maxRepeat || repeat(b, a) > maxRepeat || digits(a)+digits(b) > maxDigits {
		return errTooLarge
	}
	return nil
}

// repeat returns how many bytes a repeated text takes.
func repeat(text, times any) float64 {
	s, _ := text.(string)
	n, _ := gojq.ToFloat64(times)
	return float64(len(s)) * n
}

// digits returns about how many digits a number has, if it may have many.
func digits(v any) int {
	switch v := v.(type) {
	case *big.Int:
		return v.BitLen() * 3 / 10
	case json.Number:
		return len(v)
	default:
		return 0
	}
}
