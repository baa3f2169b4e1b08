package jolt

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sync/atomic"
	"time"
)

const (
	writeSize = 64 << 10 // about how much leaves in one write
	maxSpare  = 1 << 20  // the largest write buffer that is kept for the next write
	// batchMost is about how many events are handed over together. Those of a whole
	// read, 5,000 short messages, do not fit into the processor's cache: with them
	// the client was a sixth slower, and no faster with half as many.
	batchMost = 512
)

// session is one connection, from dialled to ended. The goroutine that calls
// run reads it; a second one writes.
type session struct {
	client *Client
	conn   net.Conn
	socket *socket // beneath conn
	calls  *calls
	lines  *splitter
	frames *decoder

	batch   []Event // of the read in hand
	slab    slab    // what its messages are made of
	ended   []*call // calls of this batch, to be woken when it was handed over
	heard   time.Time
	probing bool      // a ping is out because the peer was silent
	probed  time.Time // when it was asked for
	pinged  time.Time // or when it became up
	broken  error     // why the connection must end after this batch
	up      bool
	upSince time.Time
	stalled atomic.Bool // the writer gave up, and closed the connection

	greeted   bool // the first bytes are not those of another protocol
	answered  bool // the broker has accepted the login
	awaiting  int  // resubscriptions not answered yet
	confirmed int  // resubscriptions the broker accepted
}

func newSession(c *Client, conn net.Conn, socket *socket) *session {
	return &session{
		client: c,
		conn:   conn,
		socket: socket,
		calls:  newCalls(1),
		lines:  newSplitter(c.cfg.MaxLine),
		frames: newDecoder(),
	}
}

// run reads until the connection ends, and returns why. Every request has its
// outcome, and the writer has ended, when it returns.
func (s *session) run(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() { s.conn.Close() })
	defer stop()
	written := make(chan struct{})
	s.client.cfg.Go(func() {
		defer close(written)
		s.write()
	})

	s.heard = time.Now()
	err := s.start()
	s.flush()
	s.excuse(s.heard)
	for err == nil {
		err = s.readOnce()
	}
	if s.stalled.Load() {
		err = fmt.Errorf("%w: it took no request for %s", ErrNoReply, s.client.cfg.ReplyTimeout)
	}
	if s.broken == nil {
		err = s.socket.blame(err, time.Now())
	}
	if ctx.Err() != nil {
		err = ErrClosed
	}
	s.conn.Close()
	s.end(err)
	<-written
	return err
}

// readOnce waits for the next bytes, or for the time when silence means
// something, and deals with all of them.
func (s *session) readOnce() error {
	deadline := s.deadline()
	if err := s.conn.SetReadDeadline(deadline); err != nil {
		return err
	}
	err := s.lines.read(s.conn)
	now := time.Now()
	if errors.Is(err, os.ErrDeadlineExceeded) {
		now = s.excuse(deadline) // all that is longer is the time in which the process was stopped
	} else {
		s.heard, s.probing = now, false
	}
	if !s.greeted {
		s.greet(now)
	}
	if s.broken == nil {
		s.deal(now)
	}
	if s.broken != nil {
		return s.broken
	}
	now = s.excuse(now)
	s.calls.release()
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		err = s.silent(now)
	case err == nil:
		err = s.overdue(now)
	}
	if err == nil && s.pingDue(now) {
		s.ping(now, nil)
	}
	return err
}

// deal turns the lines of a read into events and hands them over.
func (s *session) deal(now time.Time) {
	s.slab = slab{}
	s.lines.lines(func(line string, size int) {
		s.line(now, line, size)
		if len(s.batch) >= batchMost {
			s.flush()
		}
	})
	s.flush()
}

// write sends what is queued until the connection ends.
func (s *session) write() {
	defer s.client.events.callbacks.join()() // it calls Config.Trace
	var buf []byte
	for {
		window, ok := s.calls.take()
		if !ok {
			return
		}
		for len(window) > 0 {
			var rest []*call
			buf, rest = encode(buf[:0], window)
			s.traceSent(window[:len(window)-len(rest)])
			window = rest
			err := s.conn.SetWriteDeadline(time.Now().Add(s.client.cfg.ReplyTimeout))
			if err == nil {
				_, err = s.conn.Write(buf)
			}
			if errors.Is(err, os.ErrDeadlineExceeded) {
				s.stalled.Store(true)
				s.conn.Close() // the reader sees it and ends the session
				return
			}
			if err != nil {
				return // the reader finds the end behind what has come: it may say why
			}
			if cap(buf) > maxSpare {
				buf = nil
			}
		}
		s.calls.left()
	}
}

// encode appends requests to buf, about writeSize of them, and returns those
// that are left: the broker begins while the rest of a window is encoded.
func encode(buf []byte, window []*call) ([]byte, []*call) {
	for len(window) > 0 && len(buf) < writeSize {
		buf = appendChecked(buf, window[0].wire())
		window = window[1:]
	}
	return buf, window
}

func (s *session) emit(e Event) {
	if s.client.cfg.Handler != nil {
		s.batch = append(s.batch, e)
	}
}

// flush hands the batch over and then wakes whoever waits for a reply in it,
// so that an operation returns after its event was seen.
func (s *session) flush() {
	if len(s.batch) > 0 {
		s.client.events.emit(s.batch)
		clear(s.batch)
		s.batch = s.batch[:0]
	}
	for _, c := range s.ended {
		if c.done != nil {
			close(c.done)
		}
		s.tell(c)
	}
	clear(s.ended)
	s.ended = s.ended[:0]
}

// tell tells whoever started a request how it ended.
func (s *session) tell(c *call) {
	if c.told != nil {
		s.client.events.callbacks.running.Add(1)
		defer s.client.events.callbacks.running.Add(-1)
		c.told(&c.reply)
	}
}

// request sends requests of the client's own.
func (s *session) request(then func(*Reply), requests ...Request) {
	all := make([]*call, len(requests))
	for i, r := range requests {
		r.Auto = true
		all[i] = newCall(r)
		all[i].then = then
	}
	if err := s.calls.add(all...); err != nil && s.broken == nil {
		s.broken = err
	}
}
