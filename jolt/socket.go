package jolt

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"
)

const (
	// lookEvery is the longest that a read waits before it looks at the clock: a
	// process that was stopped while it waited is noticed by a wait of longer.
	lookEvery = time.Second
	// lag is how long the socket may go without being seen drained. After that much
	// may have piled up on the broker's side as well, which may have dropped it, and
	// a socket that is drained proves nothing until the broker has answered a ping.
	lag = 250 * time.Millisecond
	// waited is how long a read takes that had to wait because nothing was there.
	waited = 5 * time.Millisecond
)

// socket is a connection, beneath TLS, that knows up to when everything has come.
// Only the goroutine that reads it may use what it knows.
//
// A socket that is drained has brought all that the broker had sent, as long as the
// reader keeps up. Of one that has fallen behind that is not so: what the broker
// holds back, or has dropped, is not in the socket. Then a reply tells, since it
// comes after everything that the broker had for this client when it was asked.
type socket struct {
	net.Conn
	known
}

// known is what a socket knows.
type known struct {
	whole  time.Time // everything that was sent before has come
	likely time.Time // the same, unless the end comes next, which may have been there
	proved time.Time // when the latest request was sent that has a reply
	heard  time.Time // when bytes last came
	looked time.Time // when it was last seen drained, or proved
	behind bool      // it went too long without that
	since  time.Time // when that was noticed
}

// begin makes now the time from which everything is expected.
func (s *socket) begin(now time.Time) {
	s.known = known{whole: now, proved: now, heard: now, looked: now}
}

// Read implements net.Conn.
func (s *socket) Read(p []byte) (int, error) {
	asked := time.Now()
	if apart(s.looked, asked) > lag {
		s.fellBehind(asked)
	}
	n, err := s.Conn.Read(p)
	now := time.Now()
	if n > 0 {
		s.heard = now
	}
	s.saw(asked, now, n > 0 && n < len(p), n > 0, err)
	return n, err
}

// saw learns from a read. It was drained if it brought less than there was room for.
func (s *socket) saw(asked, now time.Time, drained, bytes bool, err error) {
	took := apart(asked, now)
	switch {
	case s.behind:
		return
	case took > lookEvery+lag: // the process was stopped meanwhile
		s.whole = later(s.whole, asked)
		s.fellBehind(now)
		return
	case took >= waited || errors.Is(err, os.ErrDeadlineExceeded):
		s.whole, s.likely, s.looked = now, time.Time{}, now
	case bytes && !s.likely.IsZero():
		s.whole, s.likely = s.likely, time.Time{}
	}
	if drained {
		s.likely, s.looked = now, now
	}
}

func (s *socket) fellBehind(now time.Time) {
	if !s.behind {
		s.behind, s.since, s.likely = true, now, time.Time{}
	}
}

// answered learns from the reply to a request, which was read just now.
func (s *socket) answered(sent, now time.Time) {
	s.proved = later(s.proved, sent)
	s.whole = later(s.whole, sent)
	if s.behind && !sent.Before(s.since) {
		s.behind, s.looked = false, now
	}
}

// until says up to when everything had come, when the connection ends for a reason.
func (s *socket) until(cause error) time.Time {
	var said *BrokerError
	switch {
	case errors.As(cause, &said) && code(said.Text) == CodeSlowConsumer:
		return s.proved // on a narrow network, too, where the socket is drained all the time
	case said != nil, errors.Is(cause, io.EOF), errors.Is(cause, io.ErrUnexpectedEOF), errors.Is(cause, ErrOutOfStep):
		return s.whole
	}
	// The peer fell silent, or the network gave up: it may have been gone since then.
	return earlier(s.whole, s.heard)
}

// blame names this program as the reason of an end that the network gives none for,
// where it had not kept up.
func (s *socket) blame(cause error, now time.Time) error {
	const excusable = time.Second
	if !s.behind || apart(s.whole, now) <= excusable || errors.Is(cause, ErrDeadPeer) || errors.Is(cause, ErrNoReply) {
		return cause
	}
	return fmt.Errorf("%w: %w", ErrFellBehind, cause)
}

// apart is how much time lies between, by the clock that went on the longer: while
// a machine sleeps the monotonic one may stand still.
func apart(from, to time.Time) time.Duration {
	return max(to.Sub(from), to.Round(0).Sub(from.Round(0)))
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
