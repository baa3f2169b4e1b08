package jolt

import (
	"fmt"
	"time"
)

// What silence means, and when to ask.

const (
	pingBehind = time.Second     // between pings while the reader has fallen behind
	pingProof  = 5 * time.Second // without a reply, after which one is asked for
)

// deadline is when to look again at how long the peer has been silent. A
// request may be added while the reader waits, so it never waits for longer
// than a reply may take.
func (s *session) deadline() time.Time {
	cfg, now := &s.client.cfg, time.Now()
	due := now
	if since, ok := s.owed(); ok {
		due = since
	}
	look := earlier(now.Add(lookEvery), due.Add(cfg.ReplyTimeout))
	switch {
	case s.calls.loggingIn():
		return look
	case s.probing:
		return earlier(look, s.probed.Add(cfg.PingTimeout))
	default:
		return earlier(look, s.heard.Add(cfg.IdleTimeout))
	}
}

// silent decides what a passed deadline means. Traffic of any kind is as good
// as the reply to a ping. A broker that is checking a password says nothing, and
// answers no ping before; it has as long as any reply may take.
func (s *session) silent(now time.Time) error {
	if err := s.overdue(now); err != nil || s.calls.loggingIn() {
		return err
	}
	idle := now.Sub(s.heard)
	if s.probing {
		if now.Sub(s.probed) < s.client.cfg.PingTimeout {
			return nil
		}
		return fmt.Errorf("%w: silent for %s", ErrDeadPeer, idle.Round(100*time.Millisecond))
	}
	if idle >= s.client.cfg.IdleTimeout {
		s.probing, s.probed = true, now
		s.ping(now, nil)
	}
	return nil
}

// owed is that of the calls, but the reply to a ping of the client's own, which
// nobody else waits behind, may be as late as what comes before it: a network that
// is narrow is no fault.
func (s *session) owed() (since time.Time, ok bool) {
	since, ok = s.calls.owed()
	if ok && s.up && s.calls.onlyPing() {
		since = later(since, s.heard)
	}
	return since, ok
}

func (s *session) overdue(now time.Time) error {
	since, ok := s.owed()
	if waited := now.Sub(since); ok && waited >= s.client.cfg.ReplyTimeout {
		return fmt.Errorf("%w: waited %s", ErrNoReply, waited.Round(100*time.Millisecond))
	}
	return nil
}

// excuse leaves the time since now, in which nothing was read, out of what counts as
// the peer's silence, and returns the time. What a broker has sent meanwhile is
// still unread: without this, a handler that stalls for longer than the time-outs
// would end a connection that is well, and lose what is in its sockets.
func (s *session) excuse(now time.Time) time.Time {
	after := time.Now()
	spent := after.Sub(now)
	s.heard, s.probed = s.heard.Add(spent), s.probed.Add(spent)
	s.calls.excuse(spent, after)
	return after
}

// pingDue reports whether to ping: to learn the round trip, or because only a reply
// can tell up to when everything has come. The latter also keeps a client that only
// receives from looking idle to its broker.
func (s *session) pingDue(now time.Time) bool {
	since := now.Sub(s.pinged)
	switch every := s.client.cfg.PingInterval; {
	case !s.up:
		return false
	case every > 0 && since >= every:
		return true
	case !s.calls.idle():
		return false
	}
	return s.socket.behind && since >= pingBehind || now.Sub(s.socket.proved) >= pingProof
}

func (s *session) ping(now time.Time, then func(*Reply)) {
	s.pinged = now
	s.request(then, Request{Op: OpPing})
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
