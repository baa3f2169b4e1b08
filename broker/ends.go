package broker

import (
	"io"
	"net"
	"time"

	"joltui/internal/system"
)

// linger is how long a connection that the broker ends goes on being read.
// Closing one with unread input would reset it, and the peer would lose
// what was written last: the reason.
const linger = 500 * time.Millisecond

// stop ends the session: nothing more is carried out, what is queued is delivered,
// and then the client is told why. The first reason counts.
func (s *session) stop(why *refusal) {
	s.end.CompareAndSwap(nil, why)
	if !s.atOnce.Swap(true) {
		close(s.stopping)
	}
	if leave := s.leaveLogin.Load(); leave != nil {
		(*leave)()
	}
	s.arrived.Conn.SetReadDeadline(past)
}

// expel is stop for those who may not even have what is queued for them.
func (s *session) expel(why *refusal) {
	s.stop(why)
	s.out.cut(why)
}

// finish is stop after all that has arrived was carried out.
func (s *session) finish(why *refusal) {
	s.end.CompareAndSwap(nil, why)
	s.arrived.last()
}

// outboxFailed is told that nothing can be written any more. Requests that have
// arrived are carried out all the same: clients publish, and close without reading.
func (s *session) outboxFailed(err error) {
	if isSlowConsumer(err) {
		s.b.slowConsumers.Add(1)
	}
	s.arrived.last()
}

// closeGently ends the output of the connection and waits until the peer ends its
// own, for linger at most, so that the peer gets everything that was written.
func (s *session) closeGently() { closeGently(s.conn, s.arrived.Conn) }

// closeGently does so for conn, whose bytes come from raw.
func closeGently(conn, raw net.Conn) {
	if closeWrite(conn) != nil {
		return
	}
	raw.SetReadDeadline(time.Now().Add(linger))
	io.Copy(io.Discard, raw) // EOF, the deadline or a reset: all end it as well
}

// logSlow logs that the client did not read, if so.
func (s *session) logSlow() bool {
	failure := s.out.failure()
	if !isSlowConsumer(failure) {
		return false
	}
	p := s.peer()
	s.event(system.SlowConsumer, failure.Error())
	s.b.episodes.Warn("slow "+s.address, "slow consumer disconnected", "remote", p.remote, "user", p.user, "reason", failure)
	return true
}

// logEnd logs how the session ended otherwise.
func (s *session) logEnd(why *refusal, err error) {
	if failure := s.out.failure(); failure != nil {
		err = failure
	}
	switch {
	case why != nil:
		s.log.Debug("disconnected", "reason", why)
		s.event(system.Disconnected, why.text())
	case err != nil:
		s.log.Debug("connection lost", "error", err)
		s.event(system.Disconnected, err.Error())
	default:
		s.log.Debug("disconnected")
		s.event(system.Disconnected, "")
	}
}
