package broker

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"joltui/broker/internal/shrink"
	"joltui/internal/system"
	"joltui/jolt"
)

const (
	// strangerLineBytes is the line limit for those who still have to log in.
	strangerLineBytes = 4 << 10
	// replyBytes is how much a read may be answered with before that is queued.
	replyBytes = 64 << 10
	// mostFailedLogins ends a connection.
	mostFailedLogins = 3
)

// past is a deadline that ends a read or write that is under way.
var past = time.Unix(1, 0)

// session is one client's connection. Its goroutine reads and carries out
// requests; the goroutine of its outbox writes.
type session struct {
	b       *Broker
	conn    net.Conn
	arrived *arrivals // what conn reads from, or what the TLS of conn does
	address string    // see addressOf
	log     *slog.Logger
	in      *lineReader
	out     *outbox

	// end is why the broker ends the session, for the client to know.
	end atomic.Pointer[refusal]
	// atOnce says that not even what has arrived is carried out any more.
	atOnce   atomic.Bool
	stopping chan struct{} // closed with that
	// leaveLogin, if it is not nil, ends the wait for a login that is under way.
	leaveLogin atomic.Pointer[context.CancelFunc]
	// topicBytes is about what the topics take, and subscriptions how many there are.
	topicBytes    atomic.Int64
	subscriptions atomic.Int64
	published     tally
	id            uint64 // no other session of the broker has it
	since         time.Time
	// user is nil for a client that is anonymous, or has not logged in yet. It is
	// another one after a reload.
	user atomic.Pointer[account]

	// All below belongs to the reading goroutine.
	reserved   bool     // beyond the limit of connections: for an admin only
	stranger   bool     // has to log in before anything else
	known      bool     // its first line was an object
	failed     int      // logins
	over       *refusal // why the session ends after the line in hand
	authTimer  *time.Timer
	topics     shrink.Map[string, struct{}] // subscribed to
	burst      *burst                       // published, and not delivered yet
	fanOut     fanOut                       // what the subscribers still need
	cut        bool                         // a burst was given up, since the session was stopped
	indulgence indulgence
	replies    []byte // not queued yet
	answered   bool   // the request in hand has its reply

	debt // before the replies go out
}

// peer is whom a session serves, for the log and the metrics.
type peer struct{ user, remote string }

func newSession(b *Broker, raw net.Conn) *session {
	l := b.cfg.Limits
	s := &session{
		b:        b,
		arrived:  newArrivals(raw),
		address:  addressOf(raw),
		log:      b.log.With("remote", raw.RemoteAddr().String()),
		stranger: b.access.Load() != nil,
		since:    time.Now(),
		stopping: make(chan struct{}),
		burst:    newBurst(&b.buffers),
	}
	secured, stalling := b.certificates.wrap(s.arrived, l.QueueStall)
	s.conn = secured
	if stalling == nil { // writing to the socket itself takes fewer system calls
		s.conn = raw
	}
	s.in = newLineReader(secured, batchFor(l.QueueBytes))
	s.in.reserve = b.memory.reserve
	s.out = newOutbox(s.conn, l.QueueBytes, l.QueueStall, &b.buffers)
	s.out.parted, s.out.long = b.parted, cmp.Or(b.cfg.lastWords, longLastWords)
	s.out.onFail, s.out.who = s.outboxFailed, s.peer
	if stalling != nil {
		stalling.onStall(s.out.cut)
	}
	return s
}

func (s *session) peer() peer {
	p := peer{remote: s.arrived.RemoteAddr().String()}
	if user := s.user.Load(); user != nil {
		p.user = user.name
	}
	return p
}

// run serves the client until the connection ends. It calls stopped when
// nothing more will be published, and goes on when that returns.
func (s *session) run(stopped func(shutdown bool)) {
	s.log.Debug("connected")
	s.event(system.Connected, "")
	if s.stranger {
		s.startAuthTimer()
		defer s.stopAuthTimer()
	}
	go s.out.run()
	why, err := s.read()
	s.in.release()
	told := s.logSlow()
	stopped(why != nil && why.code == jolt.CodeShuttingDown)
	for topic := range s.topics.All {
		s.b.unsubscribe(topic, s.out)
	}
	var last []byte
	if why != nil {
		last = why.frame()
	}
	s.out.close(last)
	<-s.out.done
	if !told && !s.logSlow() { // it may have become one while what was queued was delivered
		s.logEnd(why, err)
	}
	if failure := s.out.failure(); failure == nil || isRefusal(failure) {
		s.closeGently()
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
		s.boundSilence()
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
		return s.refused(s.lineTooLong()), nil
	case errors.Is(err, errNoMemory):
		return s.refused(memoryFull()), nil
	case errors.Is(err, io.EOF) && s.in.size > 0:
		return s.refused(refuse(jolt.CodeBadRequest,
			"the connection ended inside a line: %d bytes without a line end were not read", s.in.size)), nil
	case errors.Is(err, io.EOF):
		return nil, nil
	case errors.Is(err, os.ErrDeadlineExceeded) && s.arrived.ending.Load():
		return nil, nil // the outbox has failed, and says why
	case errors.Is(err, os.ErrDeadlineExceeded) && s.b.cfg.Limits.IdleTimeout > 0:
		return refuse(jolt.CodeIdleTimeout, "nothing was sent for %v", s.b.cfg.Limits.IdleTimeout), nil
	default:
		return nil, err
	}
}

// serve carries out the requests of one read. A refusal ends the session.
func (s *session) serve(lines string) (why *refusal) {
	defer func() {
		if s.settle(); s.over.wordless() {
			why = s.over
		}
	}()
	s.look()
	for len(lines) > 0 {
		var line string
		line, lines, _ = strings.Cut(lines, "\n")
		line = strings.TrimSuffix(line, "\r")
		if len(line) > s.lineLimit() {
			return s.refused(s.lineTooLong())
		}
		// Trim by itself took 5 % of the time of a publish.
		if strings.HasPrefix(line, "{") || strings.Trim(line, " \t\r") != "" {
			if why := s.line(line); why != nil {
				return why
			}
		}
		if len(s.replies) > replyBytes { // many short lines, refused at length
			if s.settle(); s.over.wordless() {
				return s.over
			}
		}
	}
	return nil
}

// line carries out one line, unless the session has ended or ends because of it. A
// user whose rights were taken away must not go on with what is left of a read.
func (s *session) line(line string) *refusal {
	if s.atOnce.Load() {
		return s.end.Load()
	}
	if !s.known {
		if why := foreign(line); why != nil {
			return s.notJolt(line, why)
		}
		s.known = true
	}
	s.request(line)
	return s.over
}

func (s *session) lineLimit() int {
	if s.stranger {
		return min(strangerLineBytes, s.b.cfg.Limits.LineBytes)
	}
	return s.b.cfg.Limits.LineBytes
}

func (s *session) lineTooLong() *refusal {
	if limit := s.lineLimit(); limit < s.b.cfg.Limits.LineBytes {
		return refuse(jolt.CodeTooLarge, "a line has more than %d bytes, the limit before a login", limit)
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

// boundSilence has the next read end when the client is silent for too long, where
// that is bounded.
func (s *session) boundSilence() {
	timeout := s.b.cfg.Limits.IdleTimeout
	if timeout == 0 {
		return
	}
	s.arrived.Conn.SetReadDeadline(time.Now().Add(timeout))
	if s.atOnce.Load() || s.arrived.ending.Load() { // meanwhile, and that deadline is gone
		s.arrived.Conn.SetReadDeadline(past)
	}
}
