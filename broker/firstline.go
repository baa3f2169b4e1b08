package broker

import (
	"fmt"
	"strings"

	"joltui/jolt"
)

// foreign returns why the first line of a connection is none of a Jolt client, or
// nil. Without it, a page in somebody's browser can publish: the lines of its
// request's header are refused, and the body is carried out.
func foreign(line string) *refusal {
	line = strings.Trim(line, " \t\r")
	switch {
	case strings.HasPrefix(line, "{"):
		return nil
	case isHTTP(line):
		return refuse(jolt.CodeBadRequest, "this port speaks the Jolt protocol, one JSON object a line, and not HTTP")
	}
	return refuse(jolt.CodeBadRequest, "the first line is no JSON object: this port speaks the Jolt protocol, one JSON object a line")
}

// isHTTP tells the first line of a request: GET / HTTP/1.1.
func isHTTP(line string) bool {
	method, rest, ok := strings.Cut(line, " ")
	return ok && method == strings.ToUpper(method) && strings.Contains(rest, "HTTP/")
}

// notJolt answers one who speaks something else, in HTTP if that is it: why, which
// ends the session, is then the body.
func (s *session) notJolt(line string, why *refusal) *refusal {
	s.b.foreign.Add(1)
	s.b.episodes.Warn("foreign "+s.address, "not a Jolt client", "remote", s.peer().remote, "reason", why)
	if isHTTP(strings.Trim(line, " \t\r")) {
		s.replies = fmt.Appendf(s.replies, "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n"+
			"Content-Length: %d\r\nConnection: close\r\n\r\n", len(why.frame()))
	}
	return why
}
