package template

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"text/template"
	"time"

	"github.com/google/uuid"
)

// values are the values that a template can name. Each use of UUID and Random gives another.
type values struct {
	Count  uint64
	source Source
	now    time.Time // the same for all of a payload
}

// Time returns when the payload is made.
func (v *values) Time() stamp {
	if v.now.IsZero() {
		v.now = v.source.Now().UTC()
	}
	return stamp{v.now}
}

// UUID returns a random UUID, of version 4.
func (v *values) UUID() (string, error) {
	id, err := uuid.NewRandomFromReader(v.source.Random)
	return id.String(), err
}

// Random returns a number between two bounds, both included; by default from 0 to 999999999.
func (v *values) Random(bounds ...int64) (int64, error) {
	low, high := int64(0), int64(999_999_999)
	switch {
	case len(bounds) == 2:
		low, high = bounds[0], bounds[1]
	case len(bounds) != 0:
		return 0, errors.New("give it no bounds, or two: .Random 1 100")
	}
	if low > high {
		return 0, fmt.Errorf("nothing is from %d to %d", low, high)
	}
	span := uint64(high) - uint64(low) + 1 // 0: every number there is
	if span == 0 {
		return int64(v.source.Random.Uint64()), nil
	}
	return low + int64(rand.New(v.source.Random).Uint64N(span)), nil
}

// stamp is a time whose text is RFC 3339 with milliseconds. Its methods are for templates.
type stamp struct{ at time.Time }

// String returns the time as RFC 3339 with milliseconds. The other methods are those of
// [time.Time].
func (s stamp) String() string              { return s.at.Format("2006-01-02T15:04:05.000Z07:00") }
func (s stamp) Unix() int64                 { return s.at.Unix() }
func (s stamp) UnixMilli() int64            { return s.at.UnixMilli() }
func (s stamp) UnixNano() int64             { return s.at.UnixNano() }
func (s stamp) Format(layout string) string { return s.at.Format(layout) }

func functions() template.FuncMap { return template.FuncMap{"printf": printf} }

// The bounds of the arguments of printf, so that it makes 150 kB at most: a thousand cells
// for each of as many verbs as fit in a format.
const (
	maxFormat   = 256  // bytes
	maxArgument = 1000 // bytes of all arguments together
)

// printf is fmt.Sprintf with bounds, so that it cannot fill the memory.
func printf(format string, args ...any) (string, error) {
	size := 0
	for _, a := range args {
		if text, ok := a.(string); ok {
			size += len(text)
		}
	}
	switch {
	case len(format) > maxFormat:
		return "", fmt.Errorf("the format is longer than %d bytes", maxFormat)
	case size > maxArgument:
		return "", fmt.Errorf("the arguments are longer than %d bytes", maxArgument)
	case strings.ContainsRune(format, '*'):
		return "", errors.New("a width cannot be an argument (*)")
	case hasLongNumber(format):
		return "", errors.New("a width has at most three digits")
	}
	return fmt.Sprintf(format, args...), nil
}

// hasLongNumber reports whether a text has four digits in a row behind a %.
func hasLongNumber(format string) bool {
	digits, verb := 0, false
	for _, c := range format {
		switch {
		case c == '%': // %% is no verb
			digits, verb = 0, !verb
		case c >= '0' && c <= '9':
			digits++
		case strings.ContainsRune("+-# .[]", c): // a verb goes on
			digits = 0
		default:
			digits, verb = 0, false
		}
		if verb && digits > 3 {
			return true
		}
	}
	return false
}
