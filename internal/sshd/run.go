package sshd

import (
	"errors"
	"os"
	"time"

	"golang.org/x/crypto/ssh"
)

const (
	// Who looks at a screen that does not move is not kept waiting when they leave.
	screenPatience = time.Second
	// Output of a command is data, and waits for a slow reader.
	outputPatience = 20 * time.Second

	codeFault = 1
	codeUsage = 2
)

// run is the course of a session. It returns when its channel is closed at both ends.
func (s *Session) run(requests <-chan *ssh.Request) {
	begun := s.prepare(requests)
	s.spawn("requests", func() { s.follow(requests) })
	s.spawn("writer", s.out.write)
	s.spawn("acknowledgements", s.out.acknowledge)
	if begun {
		s.serve()
	} else {
		s.end(errNoRequest)
	}
	s.Exit(0)
	s.cancel(nil) // the goroutines that watch it
	<-s.closed
}

// spawn starts a goroutine of the session. A panic in it ends the session.
func (s *Session) spawn(what string, f func()) {
	s.conn.server.running.Go(func() {
		s.conn.server.guard(what+" of "+s.conn.viewer.Name, func() { s.end(ErrPanicked) }, f)
	})
}

// prepare reads requests until the session begins, and reports whether it does.
func (s *Session) prepare(requests <-chan *ssh.Request) bool {
	late := time.NewTimer(setupTime)
	defer late.Stop()
	for {
		select {
		case r, ok := <-requests:
			if !ok {
				return false
			}
			if s.request(r) {
				return true
			}
		case <-late.C:
			s.conn.refused("session", errNoRequest.Error())
			return false
		case <-s.ctx.Done():
			return false
		}
	}
}

// follow answers requests while the session runs. They end with the channel.
func (s *Session) follow(requests <-chan *ssh.Request) {
	defer close(s.closed)
	for r := range requests {
		switch r.Type {
		case "window-change":
			r.Reply(s.resize(r.Payload), nil)
		case "eow@openssh.com": // nobody reads what is written
			s.end(ErrClosed)
			s.out.end(os.ErrClosed)
		case "signal", keepalive:
			r.Reply(false, nil)
		default:
			s.conn.refused(requestName(r), "the session has begun already")
			r.Reply(false, nil)
		}
	}
	if s.conn.net.ended() {
		s.end(ErrLost)
	} else {
		s.end(ErrClosed)
	}
	s.out.end(os.ErrClosed)
}

// serve has the handler serve the session, and logs that the viewer came and left.
func (s *Session) serve() {
	c, server := s.conn, s.conn.server
	server.counts.started.Add(1)
	began := time.Now()
	who := []any{AttrSession, s.id, AttrName, c.viewer.Name, AttrFingerprint, c.viewer.Fingerprint,
		AttrAddress, c.address, AttrCommand, s.commandLine(), AttrTerminal, s.setup.term}
	server.cfg.Logger.Info(MsgCame, who...)
	s.spawn("idle time", s.watchIdle)
	if until := c.viewer.Grant.Until; !until.IsZero() {
		defer time.AfterFunc(time.Until(until), func() { s.end(ErrExpired) }).Stop()
	}
	s.handle()
	why := s.Why()
	s.Exit(0)
	server.count(why)
	if why == nil {
		why = errors.New("the program ended")
	}
	server.cfg.Logger.Info(MsgLeft, append(who, AttrWhy, why.Error(), AttrCode, s.code.Load(),
		AttrLasted, time.Since(began).Round(time.Millisecond).Seconds(), AttrUnsent, s.unsent.Load())...)
}

func (s *Server) count(why error) {
	switch {
	case errors.Is(why, ErrIdle):
		s.counts.idle.Add(1)
	case errors.Is(why, ErrRevoked), errors.Is(why, ErrExpired):
		s.counts.revoked.Add(1)
	}
}

// handle calls the handler.
func (s *Session) handle() {
	if s.setup.bad != nil {
		s.end(s.setup.bad)
		s.tell("joltui: " + s.setup.bad.Error())
		s.Exit(codeUsage)
		return
	}
	s.conn.server.guard("session of "+s.conn.viewer.Name, s.apologize, func() { s.conn.server.cfg.Handler(s) })
}

// tell writes a line that is no output.
func (s *Session) tell(line string) {
	if s.setup.pty {
		s.out.Write([]byte("\r\n" + line + "\r\n"))
		return
	}
	s.Stderr().Write([]byte(line + "\n"))
}

// apologize tells a viewer that a panic ended the session.
func (s *Session) apologize() {
	s.end(ErrPanicked)
	s.tell("joltui: a fault in the program ended this session; the log of the server has more.")
	s.Exit(codeFault)
}

// end asks the handler to end, and closes the session when it has not after a while. Only the
// first reason counts.
func (s *Session) end(why error) {
	if s.ctx.Err() != nil {
		return
	}
	s.cancel(why)
	time.AfterFunc(s.conn.server.cfg.Drain, func() { s.Exit(codeFault) })
}

// unanswered is called when the viewer's ssh has not acknowledged anything for too long.
func (s *Session) unanswered() {
	s.conn.server.counts.unanswered.Add(1)
	s.end(ErrNoAnswer)
	s.conn.drop()
}

// close delivers what was written, and closes the channel. A peer that does not close its end,
// too, keeps the channel, and loses the connection.
func (s *Session) close(code int) {
	s.code.Store(int64(code))
	patience := outputPatience
	if s.setup.pty || s.ctx.Err() != nil {
		patience = screenPatience
	}
	s.unsent.Store(int64(s.out.flush(patience)))
	s.out.end(os.ErrClosed)
	time.AfterFunc(closeTime, func() {
		select {
		case <-s.closed:
		default:
			s.conn.drop()
		}
	})
	status := struct{ Status uint32 }{uint32(code)}
	s.channel.SendRequest("exit-status", false, ssh.Marshal(status))
	s.channel.Close()
}
