package feed

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"joltui/internal/printable"
)

// Threshold is a condition on the values of a watch. The zero Threshold is none.
type Threshold struct {
	text   string
	op     string // of a comparison
	with   value  // what is compared with
	absent time.Duration
}

// ParseThreshold reads what a user typed: > 100, >= 100, < 5, <= 5, == "failed",
// != true, absent for 30s. An empty text is no threshold. The error is one short
// line.
func ParseThreshold(text string) (Threshold, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return Threshold{}, nil
	}
	if rest, found := strings.CutPrefix(text, "absent"); found {
		return parseAbsent(text, rest)
	}
	for _, op := range []string{">=", "<=", "==", "!=", ">", "<"} { // the longer ones first
		if rest, found := strings.CutPrefix(text, op); found {
			return parseComparison(text, op, strings.TrimSpace(rest))
		}
	}
	if strings.HasPrefix(text, "=") || strings.HasPrefix(text, "!") {
		return Threshold{}, fmt.Errorf("write %[1]s=: %[1]s on its own compares nothing", text[:1])
	}
	return Threshold{}, errors.New(`begin with > >= < <= == != or "absent for"`)
}

func parseComparison(text, op, with string) (Threshold, error) {
	t := Threshold{text: op + " " + with, op: op}
	if with == "" {
		return t, fmt.Errorf("what is to be compared with is missing after %s", op)
	}
	if !json.Valid([]byte(with)) {
		return t, notAValue(op, with)
	}
	switch t.with = valueOf(with); {
	case with == "null":
		return t, errors.New("null counts as absent: write absent for 30s")
	case t.with.kind == OtherValue:
		return t, errors.New("it can be compared with a number, a text or a boolean only")
	case op != "==" && op != "!=" && !t.with.numeric:
		return t, fmt.Errorf("%s needs a number", op)
	}
	return t, nil
}

// notAValue returns the error for a value that is no JSON.
func notAValue(op, with string) error {
	shown := printable.Prefix(with, 20)
	switch {
	case op != "==" && op != "!=":
		return fmt.Errorf("%s is no number", shown)
	case with[0] == '"':
		return errors.New("the text ends with a quote, too")
	case with[0] == '-' || '0' <= with[0] && with[0] <= '9':
		return fmt.Errorf("%s is no number", shown)
	default:
		return fmt.Errorf("a text needs quotes: %s %q", op, shown)
	}
}

func parseAbsent(text, rest string) (Threshold, error) {
	how, _ := strings.CutPrefix(strings.TrimSpace(rest), "for")
	how = strings.TrimSpace(how)
	if how == "" {
		return Threshold{}, errors.New("for how long? As in absent for 30s")
	}
	d, err := time.ParseDuration(how)
	switch _, plain := strconv.ParseFloat(how, 64); {
	case plain == nil:
		return Threshold{}, fmt.Errorf("%s of what? 30s, 5m and 1h have units", how)
	case err != nil:
		return Threshold{}, fmt.Errorf("%s is no time: 30s, 5m and 1h are", printable.Prefix(how, 20))
	case d < time.Second:
		return Threshold{}, errors.New("a second at least: the clock has no finer hands")
	}
	return Threshold{text: "absent for " + how, absent: d}, nil
}

// String returns the threshold as ParseThreshold reads it; "" is none. It may hold
// untrusted text.
func (t Threshold) String() string { return t.text }

// Number returns the number of a threshold such as > 100, for a chart; ok is false for any
// other one, and for a number that no float64 holds.
func (t Threshold) Number() (number float64, ok bool) {
	return t.with.number, t.op != "" && t.with.kind == NumberValue
}

// met reports whether a value meets the threshold.
func (t Threshold) met(v *value) bool {
	switch t.op {
	case "==":
		return t.same(v)
	case "!=":
		return !t.same(v)
	}
	order, ok := v.order(&t.with)
	switch {
	case !ok:
		return false
	case t.op == ">":
		return order > 0
	case t.op == ">=":
		return order >= 0
	case t.op == "<":
		return order < 0
	default:
		return order <= 0
	}
}

func (t Threshold) same(v *value) bool {
	if v.numeric || t.with.numeric {
		order, ok := v.order(&t.with)
		return ok && order == 0
	}
	return v.kind == t.with.kind && v.text == t.with.text
}

// Doubt says why a threshold may never be met, by the values that came so far, in one line; ""
// if nothing speaks against it. It may hold untrusted text.
func (w *Watch) Doubt(t Threshold) string {
	s := &w.stats
	switch {
	case t.op == "" || t.op == "!=" || s.Values() == 0:
		return ""
	case t.with.numeric && s.Numbers == 0 && !w.last.numeric:
		return "no value was a number so far, the last one is " + w.last.text
	case t.with.numeric:
		return ""
	case s.Words == 0:
		return "all values were numbers so far, the last one is " + w.last.text
	case s.UnknownWords == 0 && w.words[t.with.text] == 0:
		return t.with.text + " has not come so far; most often it is " + w.Words()[0].Text
	default:
		return ""
	}
}
