package broker

import (
	"errors"
	"fmt"
	"net"
	"time"

	"joltui/jolt"
)

// accept starts a session for each connection until the listener is closed. It
// returns nil if the broker closed it.
func (b *Broker) accept(ln net.Listener) error {
	failed := 0
	for {
		conn, err := ln.Accept()
		switch {
		case err == nil:
			failed = 0
			b.admit(conn)
		case b.logins.Err() != nil:
			return nil
		case errors.Is(err, net.ErrClosed):
			return fmt.Errorf("broker: the listener was closed: %w", err)
		default:
			// Out of descriptors or memory, or a connection that was gone
			// before it was accepted: all of it can pass.
			failed++
			wait := backoff(failed)
			b.log.Error("cannot accept connections", "error", err, "retry", wait)
			select {
			case <-time.After(wait):
			case <-b.logins.Done():
				return nil
			}
		}
	}
}

// admit starts a session, unless there are too many.
func (b *Broker) admit(conn net.Conn) {
	conn = b.certificates.wrap(conn, b.cfg.Limits.QueueStall)
	b.mu.Lock()
	defer b.mu.Unlock()
	switch limit := b.cfg.Limits.Connections; {
	case b.aborted:
		hangUp(conn)
	case len(b.sessions) >= limit:
		b.turnedAway.Add(1)
		b.log.Warn("too many connections", "remote", conn.RemoteAddr().String(), "limit", limit)
		b.refuse(conn, refuse(jolt.CodeTooManyConnections,
			"the limit of %d connections is reached: try again later", limit))
	default:
		b.accepted.Add(1)
		s := newSession(b, conn)
		b.sessions[s] = struct{}{}
		b.running.Add(1)
		b.reading.Add(1)
		go b.session(s)
	}
}

// session runs s. When the broker shuts down, s may go on only after every
// session has stopped reading.
func (b *Broker) session(s *session) {
	defer b.running.Done()
	s.run(func(shutdown bool) {
		b.reading.Done()
		if shutdown {
			<-b.quiet
		}
	})
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.sessions, s)
}

// refuse tells a client why there is no session for it, and closes. Waiting
// for one that does not listen must not keep others from being accepted.
func (b *Broker) refuse(conn net.Conn, why *refusal) {
	select {
	case b.refusing <- struct{}{}:
	default:
		hangUp(conn)
		return
	}
	b.running.Go(func() {
		defer func() { <-b.refusing }()
		conn.SetDeadline(time.Now().Add(linger))
		if _, err := conn.Write(why.frame()); err == nil {
			closeGently(conn)
		}
		hangUp(conn)
	})
}

// backoff returns how long to wait after n errors of the listener in a row.
func backoff(n int) time.Duration {
	const first, most = 5 * time.Millisecond, time.Second
	return min(most, first<<min(n-1, 10))
}
