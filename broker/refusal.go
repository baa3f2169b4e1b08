package broker

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
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

// loginWord is in every text that is about a login, and in no other: clients know by it
// that they have to log in.
const loginWord = "auth"

// refuse makes a refusal. Names that a client has given and that hold loginWord are left
// out of what is not about a login.
func refuse(code, format string, args ...any) *refusal {
	no := &refusal{code, fmt.Sprintf(format, args...)}
	if !no.aboutLogin() && namesLogin(no.explanation) {
		for i, arg := range args {
			if text, ok := arg.(string); ok && namesLogin(text) {
				args[i] = "…"
			}
		}
		no.explanation = fmt.Sprintf(format, args...)
	}
	no.explanation = clip(no.explanation, maxExplanation)
	return no
}

func (r *refusal) aboutLogin() bool {
	return r.code == jolt.CodeAuthRequired || r.code == jolt.CodeAuthFailed
}

func namesLogin(text string) bool { return strings.Contains(strings.ToLower(text), loginWord) }

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

// frame is what the client is told; nothing where the session ends without a word.
func (r *refusal) frame() []byte {
	if r.wordless() {
		return nil
	}
	return jolt.AppendError(nil, r.text())
}

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

// refusals counts the requests that were refused, by code. The map is not changed once
// it is made, and safe for concurrent use.
type refusals map[string]*atomic.Uint64

func newRefusals() refusals {
	r := make(refusals)
	for _, code := range []string{
		jolt.CodeAuthRequired, jolt.CodeAuthFailed, jolt.CodeForbidden, jolt.CodeBadRequest, jolt.CodeUnknownOp, jolt.CodeBadTopic,
		jolt.CodeUnknownTopic, jolt.CodeTooLarge, jolt.CodeTooManyTopics, jolt.CodeTooManyConnections, jolt.CodeBusy, jolt.CodeShuttingDown, jolt.CodeUnavailable,
	} {
		r[code] = new(atomic.Uint64)
	}
	return r
}

func (r refusals) add(code string) {
	if count := r[code]; count != nil {
		count.Add(1)
	}
}

// all returns the counts.
func (r refusals) all() map[string]uint64 {
	counts := make(map[string]uint64, len(r))
	for code, count := range r {
		counts[code] = count.Load()
	}
	return counts
}

// refused counts and logs a request that is refused, and returns why.
func (s *session) refused(why *refusal) *refusal {
	s.b.refusals.add(why.code)
	user := ""
	if account := s.user.Load(); account != nil {
		user = account.name
	}
	s.log.Debug("request refused", "user", user, "reason", why)
	return why
}
