package broker

import (
	"sync/atomic"

	"joltui/jolt"
)

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
