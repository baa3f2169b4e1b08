package broker

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"joltui/jolt"
)

// refusal is what a client is told when something is not done: one of the
// codes of package jolt, and an explanation for a person.
type refusal struct {
	code        string
	explanation string
}

// maxExplanation bounds what a client can make the broker send back by putting
// long names in its requests.
const maxExplanation = 400

func refuse(code, format string, args ...any) *refusal {
	return &refusal{code, clip(fmt.Sprintf(format, args...), maxExplanation)}
}

// Error implements error, for the log: the client is sent text.
func (r *refusal) Error() string { return r.text() }

// isRefusal tells what the broker decided from what happened to it.
func isRefusal(err error) bool {
	var r *refusal
	return errors.As(err, &r)
}

// isSlowConsumer tells the clients that did not read.
func isSlowConsumer(err error) bool {
	var r *refusal
	return errors.As(err, &r) && r.code == jolt.CodeSlowConsumer
}

func (r *refusal) text() string { return r.code + ": " + r.explanation }

func (r *refusal) frame() []byte { return jolt.AppendError(nil, r.text()) }

// clip shortens s to at most n bytes, marked, without breaking a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	n -= len("…")
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.Clone(s[:n]) + "…"
}
