package broker

import (
	"strconv"
	"strings"

	"joltui/jolt"
)

// unknownOp refuses an op that the protocol does not have, whose name is quoted, and
// names the one that was meant, where that is known.
func unknownOp(quoted string) *refusal {
	name, err := strconv.Unquote(quoted)
	if err != nil {
		name = quoted
	}
	name = clip(name, maxExplanation)
	if op, ok := meant(name); ok {
		return refuse(jolt.CodeUnknownOp, "there is no op %s: send %q in its place", name, op)
	}
	return refuse(jolt.CodeUnknownOp, "there is no op %s, only sub, unsub, pub and ping, and the login", name)
}

// meant returns the op that goes by another name in other protocols and older clients.
func meant(name string) (op jolt.Op, ok bool) {
	switch strings.ToLower(name) {
	case "sub", "subscribe":
		return jolt.OpSubscribe, true
	case "unsub", "unsubscribe":
		return jolt.OpUnsubscribe, true
	case "pub", "publish":
		return jolt.OpPublish, true
	case "ping":
		return jolt.OpPing, true
	case "auth", "authenticate", "login":
		return jolt.OpAuth, true
	}
	return 0, false
}
