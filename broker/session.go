package broker

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync/atomic"
	"time"

	"joltui/jolt"
)

const (
	// strangerLineBytes is the line limit for those who still have to log in.
	strangerLineBytes = 4 << 10
	// linger is how long a connection that the broker ends goes on being read.
	// Closing one with unread input would reset it, and the peer would lose
	// what was written last: the reason.
	linger = 500 * time.Millisecond
	// replyBytes is how much a read may be answered with before that is queued.
	replyBytes = 64 << 10
)

// past is a deadline that ends a read or write that is under way.
var past = time.Unix(1, 0)

// session is one client's connection. Its goroutine reads and carries out
// requests; the goroutine of its outbox writes.
type session struct {
	b    *Broker
	conn net.Conn
	log  *slog.Logger
	in   *lineReader
	out  *outbox

	// end is why the broker ends the session, for the client to know.
	end atomic.Pointer[refusal]
	// user is nil for a client that is anonymous, or has not logged in yet. It is
	// another one after a reload.
	user atomic.Pointer[account]

	// All below belongs to the reading goroutine.
	stranger  bool // has to log in before anything else
	authTimer *time.Timer
	topics    map[string]struct{} // subscribed to
	burst     *burst              // published, and not delivered yet
	fanOut    fanOut              // what the subscribers still need
	unpaced   int                 // bytes published since the last pause
	replies   []byte              // not queued yet
}

func newSession(b *Broker, conn net.Conn) *session {
	l := b.cfg.Limits
	return &session{
		b:        b,
		conn:     conn,
		log:      b.log.With("remote", conn.RemoteAddr().String()),
		in:       newLineReader(conn, batchFor(l.QueueBytes)),
		out:      newOutbox(conn, l.QueueBytes, l.QueueStall, &b.buffers),
		stranger: b.access.Load() != nil,
		topics:   make(map[string]struct{}),
		burst:    newBurst(&b.buffers),
	}
}

// stop ends the session: nothing more is read, what is queued is delivered,
// and then the client is told why. The first reason counts.
func (s *session) stop(why *refusal) {
	if s.end.CompareAndSwap(nil, why) {
		s.conn.SetReadDeadline(past)
	}
}

// run serves the client until the connection ends. It calls stopped when
// nothing more will be published, and goes on when that returns.
func (s *session) run(stopped func(shutdown bool)) {
	s.log.Info("connected")
	if s.stranger {
		s.startAuthTimer()
		defer s.stopAuthTimer()
	}
	go s.out.run()
	why, err := s.read()
	stopped(why != nil && why.code == jolt.CodeShuttingDown)
	for topic := range s.topics {
		s.b.engine.unsubscribe(topic, s.out)
	}
	var last []byte
	if why != nil {
		last = why.frame()
	}
	s.out.close(last)
	<-s.out.done
	s.logEnd(why, err)
	if failure := s.out.failure(); failure == nil || isRefusal(failure) {
		closeGently(s.conn)
	}
	hangUp(s.conn)
}

// read carries out requests until the connection or the session ends. It
// returns what to tell the client, or nil, and the error that ended it, or nil
// if the client closed the connection.
func (s *session) read() (*refusal, error) {
	if err := s.handshake(); err != nil {
		return s.readError(err)
	}
	for {
		lines, err := s.in.next(s.lineLimit())
		if err != nil {
			return s.readError(err)
		}
		if why := s.serve(lines); why != nil {
			return why, nil
		}
	}
}

func (s *session) readError(err error) (*refusal, error) {
	if why := s.end.Load(); why != nil {
		return why, nil
	}
	switch {
	case errors.Is(err, errLineTooLong):
		return s.lineTooLong(), nil
	case errors.Is(err, io.EOF) && s.in.size > 0:
		return refuse(jolt.CodeBadRequest,
			"the connection ended inside a line: %d bytes without a line end were not read", s.in.size), nil
	case errors.Is(err, io.EOF):
		return nil, nil
	default:
		return nil, err
	}
}

// serve carries out the requests of one read. A refusal ends the session.
func (s *session) serve(lines string) *refusal {
	defer s.settle()
	for len(lines) > 0 {
		var line string
		line, lines, _ = strings.Cut(lines, "\n")
		line = strings.TrimSuffix(line, "\r")
		if len(line) > s.lineLimit() {
			return s.lineTooLong()
		}
		// Trim by itself took 5 % of the time of a publish.
		if strings.HasPrefix(line, "{") || strings.Trim(line, " \t\r") != "" {
			s.request(line)
		}
		if len(s.replies) > replyBytes { // many short lines, refused at length
			s.settle()
		}
	}
	return nil
}

// settle queues the messages and replies of the read so far, and lets them be
// written. Replies come last: an acknowledged message is queued already.
func (s *session) settle() {
	s.flush()
	s.fanOut.deliver()
	if len(s.replies) > 0 {
		s.out.reply(s.replies)
		s.replies = s.replies[:0]
	}
	s.pace()
}

// flush queues the messages of the burst for their subscribers.
func (s *session) flush() {
	n := len(s.burst.messages)
	if n == 0 {
		return
	}
	s.b.received.Add(uint64(n))
	s.unpaced += len(s.burst.frames)
	s.b.engine.publish(s.burst, &s.fanOut)
	s.burst.reset(len(s.in.buf))
}

func (s *session) lineLimit() int {
	if s.stranger {
		return min(strangerLineBytes, s.b.cfg.Limits.LineBytes)
	}
	return s.b.cfg.Limits.LineBytes
}

func (s *session) lineTooLong() *refusal {
	if limit := s.lineLimit(); limit < s.b.cfg.Limits.LineBytes {
		return refuse(jolt.CodeTooLarge, "a line has more than %d bytes, the limit before auth", limit)
	}
	return refuse(jolt.CodeTooLarge, "a line has more than %d bytes", s.lineLimit())
}

func (s *session) startAuthTimer() {
	timeout := s.b.cfg.Limits.AuthTimeout
	s.authTimer = time.AfterFunc(timeout, func() {
		s.stop(refuse(jolt.CodeAuthRequired, "no auth within %v", timeout))
	})
}

func (s *session) stopAuthTimer() { s.authTimer.Stop() }

// closeGently ends the output of conn and waits until the peer ends its own,
// for linger at most, so that the peer gets everything that was written.
func closeGently(conn net.Conn) {
	half, ok := conn.(interface{ CloseWrite() error })
	if !ok || half.CloseWrite() != nil {
		return
	}
	conn.SetReadDeadline(time.Now().Add(linger))
	io.Copy(io.Discard, conn) // EOF, the deadline or a reset: all end it as well
}

// logEnd logs, and counts where it has to, how the session ended.
func (s *session) logEnd(why *refusal, err error) {
	failure := s.out.failure()
	switch {
	case isRefusal(failure):
		s.b.slowConsumers.Add(1)
		s.log.Warn("slow consumer disconnected", "reason", failure)
	case failure != nil:
		s.log.Info("connection lost", "error", failure)
	case why != nil:
		s.log.Info("disconnected", "reason", why)
	case err != nil:
		s.log.Info("connection lost", "error", err)
	default:
		s.log.Info("disconnected")
	}
}
