package feed

import (
	"errors"
	"strings"
	"syscall"

	"joltui/jolt"
)

// Hint is advice about a common mistake. Views turn it into words.
type Hint uint8

// The hints.
const (
	// HintNotSubscribed: the user published on a topic that is not subscribed,
	// and so will not see the message.
	HintNotSubscribed Hint = iota + 1
	// HintAuthRequired: the broker wants a login.
	HintAuthRequired
	// HintLoginRefused: the broker did not accept the login that it was given.
	HintLoginRefused
	// HintNoBroker: nothing listens at the address.
	HintNoBroker
)

// hints remembers which hints were given, so that they are not repeated.
type hints struct {
	notSubscribed map[string]bool // topics for which the hint was given
	max           int             // of notSubscribed
	auth          bool            // a hint about logging in was given on this connection
	noBroker      bool            // the hint was given in this outage
}

func (h *hints) newConnection() { h.auth, h.noBroker = false, false }

func (h *hints) subscribed(topic string) { delete(h.notSubscribed, topic) }

// notSubscribedDue reports whether the hint is due for the reply to a publish.
func (h *hints) notSubscribedDue(r *jolt.Reply, t *Topic) bool {
	topic := r.Request.Topic
	if r.Request.Auto || r.Outcome != jolt.Acknowledged ||
		t != nil && t.wanted() || h.notSubscribed[topic] {
		return false
	}
	if len(h.notSubscribed) >= h.max {
		clear(h.notSubscribed) // a hint given twice is better than unbounded memory
	}
	h.notSubscribed[strings.Clone(topic)] = true
	return true
}

// authDue returns the hint about logging in that is due for a reply, or 0.
func (h *hints) authDue(r *jolt.Reply) Hint {
	if r.Outcome != jolt.Rejected || h.auth {
		return 0
	}
	var rejected *jolt.RejectedError
	switch {
	case errors.As(r.Err, &rejected) && rejected.Code() == jolt.CodeBusy: // says nothing of the login
	case r.Request.Op == jolt.OpAuth:
		h.auth = true
		return HintLoginRefused
	case strings.Contains(strings.ToLower(errorText(r.Err)), "auth"):
		h.auth = true
		return HintAuthRequired
	}
	return 0
}

// wsaConnRefused is "connection refused" on Windows, where syscall.ECONNREFUSED
// is a number that the system never returns.
const wsaConnRefused = syscall.Errno(10061)

// noBrokerDue reports whether the hint is due for a failed attempt.
func (h *hints) noBrokerDue(cause error) bool {
	refused := errors.Is(cause, syscall.ECONNREFUSED) || errors.Is(cause, wsaConnRefused)
	if !refused || h.noBroker {
		return false
	}
	h.noBroker = true
	return true
}
