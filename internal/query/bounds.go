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
	// maxSteps and stepsPerByte bound an evaluation. A step takes 20 to 60 ns, so
	// that an expression that runs away over a short payload takes 10 ms. A walk
	// through all of a payload, as [.. | numbers], takes up to 50 steps a byte.
	maxSteps     = 200_000
	stepsPerByte = 64
	// quickSteps bound what Quick evaluates: 2 ms.
	quickSteps = 50_000
	// maxOutput bounds what Values returns for one payload: bytes of text, and
	// one for each value.
	maxOutput = 16 << 20
	// maxRepeat bounds the text that a multiplication makes, in bytes, and
	// maxDigits the number.
	maxRepeat = 1 << 20
	maxDigits = 10_000
)

var (
	errTooLong  = errors.New("the expression does not come to an end")
	errTooLarge = errors.New("the expression makes a value that is too large")
)

// budget is a context that is done after so many steps: gojq asks before each.
type budget struct{ left int }

// newBudget returns what an evaluation may take for a payload of so many bytes.
func newBudget(size int) *budget { return &budget{left: maxSteps + size*stepsPerByte} }

var _ context.Context = (*budget)(nil)

// spent is a channel that is closed.
func spent() <-chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}

func (b *budget) Done() <-chan struct{} {
	if b.left--; b.left < 0 {
		return spent()
	}
	return nil
}

func (b *budget) Err() error {
	if b.left < 0 {
		return errTooLong
	}
	return nil
}

func (b *budget) Deadline() (time.Time, bool) { return time.Time{}, false }
func (b *budget) Value(any) any               { return nil }

// weigh returns how much of room a value takes. It stops when that is all: what
// an expression makes of a few steps may have more parts than there is memory,
// because they are shared.
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

// repeat is how many bytes come of a text that is repeated.
func repeat(text, times any) float64 {
	s, _ := text.(string)
	n, _ := gojq.ToFloat64(times)
	return float64(len(s)) * n
}

// digits is about how many digits a number has, if it may have many.
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
