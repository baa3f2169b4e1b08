package sshd

import (
	"context"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/ssh"

	"joltui/internal/sshd/keys"
)

// Session is a viewer's terminal, or a command of theirs without one. Its methods are safe for
// concurrent use, but for Read, which one goroutine at a time may call.
type Session struct {
	conn    *conn
	id      uint64
	channel ssh.Channel
	out     *outbox
	setup   setup // as it was when the session began

	ctx    context.Context
	cancel context.CancelCauseFunc

	mu      sync.Mutex
	size    Size
	resizes chan Size
	onIdle  func(time.Time)

	typed  chan struct{} // something was typed since idle.go looked
	closed chan struct{} // the channel is closed at both ends
	exit   sync.Once
	code   atomic.Int64
	unsent atomic.Int64
}

func newSession(c *conn, channel ssh.Channel) *Session {
	s := &Session{conn: c, id: c.server.lastID.Add(1), channel: channel, resizes: make(chan Size, 1),
		typed: make(chan struct{}, 1), closed: make(chan struct{})}
	s.out = newOutbox(channel, s.unanswered)
	s.ctx, s.cancel = context.WithCancelCause(context.Background())
	return s
}

// ID is a number that no other session of the server has; the log has it, too.
func (s *Session) ID() uint64 { return s.id }

// Viewer is who it is, and what they may do.
func (s *Session) Viewer() keys.Viewer { return s.conn.viewer }

// Address is that of the viewer's machine, with the port.
func (s *Session) Address() string { return s.conn.address }

// Terminal returns TERM, and whether there is a terminal.
func (s *Session) Terminal() (term string, ok bool) { return s.setup.term, s.setup.pty }

// Env are the viewer's variables that say how text and colours are shown, as NAME=value:
// NO_COLOR, COLORTERM, LANG, LC_… and TERM_PROGRAM. The values are untrusted, but printable.
func (s *Session) Env() []string { return slices.Clone(s.setup.env) }

// Command are the words of a command; nil is a shell. They are untrusted.
func (s *Session) Command() []string { return slices.Clone(s.setup.command) }

// Size is that of the terminal, at least 1×1 and at most 1600×500; 0×0 without one.
func (s *Session) Size() Size {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.size
}

// Resized brings the size when it has changed; who is late gets the latest one only.
func (s *Session) Resized() <-chan Size { return s.resizes }

func (s *Session) setSize(size Size) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.size == size {
		return
	}
	first := s.size == Size{}
	s.size = size
	if first {
		return // the session has not begun
	}
	select {
	case <-s.resizes:
	default:
	}
	s.resizes <- size
}

// Read reads what the viewer types. It returns io.EOF when nothing will come any more, which is
// no end of the session: ssh host sub … </dev/null has output all the same.
func (s *Session) Read(p []byte) (int, error) {
	n, err := s.channel.Read(p)
	if n > 0 {
		select {
		case s.typed <- struct{}{}:
		default:
		}
	}
	return n, err
}

// Write queues p for the viewer. It waits only while more than 256 KiB are queued. Errors are
// those of earlier writes; after Exit it is os.ErrClosed.
func (s *Session) Write(p []byte) (int, error) { return s.out.Write(p) }

// Stderr is where a command without a terminal writes what is no output. A write returns when it
// is on its way, which waits for a viewer who takes nothing.
func (s *Session) Stderr() io.Writer { return s.channel.Stderr() }

// Busy reports whether something still waits until the viewer's link has room for it: then what
// is drawn now would be outdated when it gets there.
func (s *Session) Busy() bool { return s.out.busy() }

// Wait returns when the session is not busy, or nothing can be written any more.
func (s *Session) Wait() { s.out.wait() }

// Unacked returns how many bytes the viewer's ssh has not acknowledged yet, queued ones included.
func (s *Session) Unacked() int { return s.out.unacked() }

// Context ends when the session has to: the viewer closed it or is gone, was idle for too long,
// the key has expired or was taken out, or the server ends. Its cause says which.
func (s *Session) Context() context.Context { return s.ctx }

// Done is closed when the session has to end.
func (s *Session) Done() <-chan struct{} { return s.ctx.Done() }

// Why returns why the session has to end, one of the errors Err…, or nil.
func (s *Session) Why() error { return context.Cause(s.ctx) }

// OnIdle has f called with the time at which the session will end as nothing is typed, a minute
// before, and with the zero time when something is typed then. Calls follow one another, on a
// goroutine of the session.
func (s *Session) OnIdle(f func(ends time.Time)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onIdle = f
}

// Exit ends the session with a code, when the viewer has taken what was written: with a terminal,
// one that takes nothing is waited for a second, without one as long as something moves within
// 20 s. Only the first call counts. It is called with 0 when the handler returns.
func (s *Session) Exit(code int) { s.exit.Do(func() { s.close(code) }) }
