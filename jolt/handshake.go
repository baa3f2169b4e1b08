package jolt

import (
	"errors"
	"net"
	"slices"
	"time"
)

// start begins a connection: log in, then ask for every subscription again,
// then up. The replies drive it, on the reader's goroutine. Where there is neither a
// login nor a subscription a ping has to be answered: a broker that hangs accepts
// connections, too.
func (s *session) start() error {
	user, pass := s.client.login()
	if user == "" {
		s.resubscribe()
		return s.broken
	}
	if err := s.client.mayLogIn(s.conn); err != nil {
		return err
	}
	s.request(s.loggedIn, Request{Op: OpAuth, User: user, Pass: pass})
	return s.broken
}

func (s *session) loggedIn(r *Reply) {
	switch r.Outcome {
	case Acknowledged:
		s.answered = true
		s.resubscribe()
	case Rejected:
		s.broken = r.Err
	}
}

// ponged makes the client up. A broker that wants a login first has answered as
// well, and [Client.Auth] can log in; one that is busy, or does not understand what
// it reads, as one that expects TLS, is of no use.
func (s *session) ponged(r *Reply) {
	var rejected *RejectedError
	switch {
	case r.Outcome == Unknown || r.Outcome == NotSent:
	case errors.As(r.Err, &rejected) && (rejected.Code() == CodeBusy || rejected.Code() == CodeBadRequest):
		s.broken = rejected
	default:
		s.becomeUp()
	}
}

func (s *session) resubscribe() {
	topics := s.client.wanted()
	s.awaiting = len(topics)
	s.calls.setWindow(len(topics))
	switch {
	case s.awaiting > 0:
	case s.answered:
		s.becomeUp()
	default:
		s.ping(time.Now(), s.ponged)
	}
	requests := make([]Request, len(topics))
	for i, topic := range topics {
		requests[i] = Request{Op: OpSubscribe, Topic: topic}
	}
	s.request(s.resubscribed, requests...)
}

// ambiguous reports whether a window of subscriptions has to be asked for again,
// one at a time. All are asked for together, because a round trip for each of a
// thousand topics takes long; as long as all are accepted it does not matter
// which reply was whose. To be told twice does a broker no harm.
func (s *session) ambiguous(window []*call) bool {
	return !s.up && len(window) > 1 &&
		slices.ContainsFunc(window, func(c *call) bool { return c.reply.Outcome == Rejected })
}

// resubscribed counts the answers. A topic that is refused is an error of that
// topic; the connection comes up without it.
func (s *session) resubscribed(r *Reply) {
	switch r.Outcome {
	case Acknowledged:
		s.confirmed++
	case Rejected:
	default:
		return
	}
	if s.awaiting--; s.awaiting == 0 {
		s.becomeUp()
	}
}

func (s *session) becomeUp() {
	s.up = true
	s.calls.setWindow(s.client.cfg.Window)
	now := time.Now()
	s.upSince = now
	s.socket.begin(now)
	if gap := s.client.gap(now); gap != nil {
		s.emit(gap)
	}
	user, _ := s.client.login()
	s.emit(&StateChange{At: now, State: Up, Addr: s.client.cfg.Addr, User: user, Topics: s.confirmed})
	s.client.ready(s)
	if s.client.cfg.PingInterval > 0 && s.pinged.IsZero() {
		s.ping(now, nil)
	}
}

// mayLogIn reports whether a password may be sent over conn. An address that
// is not of the network, as a test's pipe has, is the caller's own affair.
func (c *Client) mayLogIn(conn net.Conn) error {
	addr, ok := conn.RemoteAddr().(*net.TCPAddr)
	if !ok || c.cfg.TLS != nil || c.cfg.InsecurePlaintextAuth || addr.IP.IsLoopback() {
		return nil
	}
	return ErrUnsafeAuth
}
