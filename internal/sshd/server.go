package sshd

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"joltui/internal/episodes"
)

// ErrServed is the error of a second call of Serve.
var ErrServed = errors.New("sshd: a server serves once")

// Server lets people in over SSH. Its methods are safe for concurrent use.
type Server struct {
	cfg      Config
	episodes *episodes.Log
	census   *census
	counts   counts
	served   atomic.Bool
	lastID   atomic.Uint64
	running  sync.WaitGroup

	mu      sync.Mutex
	conns   map[*conn]struct{}
	closing bool
}

// New returns a server. Errors are about the configuration.
func New(cfg Config) (*Server, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Server{cfg: cfg, episodes: episodes.New(cfg.Logger), census: newCensus(cfg), conns: make(map[*conn]struct{})}, nil
}

// Serve accepts connections until the context ends, and closes the listener. Then sessions are
// asked to end, and have Config.Drain for it. It returns nil when all have ended because the
// context has; else an error of the listener, or how many handlers did not return.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	if !s.served.CompareAndSwap(false, true) {
		ln.Close()
		return ErrServed
	}
	stop := context.AfterFunc(ctx, func() { ln.Close() })
	defer stop()
	err := s.accept(ctx, ln)
	ln.Close()
	err = errors.Join(err, s.drain())
	s.episodes.End()
	return err
}

// accept returns nil when the context has ended.
func (s *Server) accept(ctx context.Context, ln net.Listener) error {
	for failed := 0; ; {
		nc, err := ln.Accept()
		switch {
		case err == nil:
			failed = 0
			s.receive(nc)
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, net.ErrClosed):
			return fmt.Errorf("sshd: the listener was closed: %w", err)
		default:
			// Out of descriptors or memory: it can pass.
			failed++
			s.episodes.Warn("accept", "cannot accept connections", "error", err)
			select {
			case <-time.After(min(time.Second, 5*time.Millisecond<<min(failed, 10))):
			case <-ctx.Done():
				return nil
			}
		}
	}
}

// receive starts a connection, unless too many are logging in.
func (s *Server) receive(nc net.Conn) {
	c := newConn(s, nc)
	if err := s.census.knock(c.network); err != nil {
		s.counts.turnedAway.Add(1)
		s.episodes.Warn("knock "+c.network.String(), MsgRefused, AttrAddress, c.address, AttrWhy, err.Error())
		nc.Close()
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		s.census.loggedIn(c.network)
		nc.Close()
		return
	}
	s.counts.accepted.Add(1)
	s.conns[c] = struct{}{}
	s.running.Go(func() {
		s.guard("connection", c.drop, c.serve)
		nc.Close()
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.conns, c)
	})
}

// all returns the connections that there are.
func (s *Server) all() []*conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []*conn
	for c := range s.conns {
		all = append(all, c)
	}
	return all
}

// Recheck asks Config.Keys about each connection again, which is due when the keys have changed.
// Sessions of those who may not log in any more, or may now do something else, end.
func (s *Server) Recheck() {
	for _, c := range s.all() {
		c.recheck()
	}
}

// drain ends all connections, and returns when that is done.
func (s *Server) drain() error {
	s.mu.Lock()
	s.closing = true
	s.mu.Unlock()
	for _, c := range s.all() {
		c.finish(ErrShutdown)
	}
	ended := make(chan struct{})
	go func() {
		s.running.Wait()
		close(ended)
	}()
	// Each session has Drain, and its peer closeTime more to say good-bye.
	late := time.NewTimer(s.cfg.Drain + closeTime)
	defer late.Stop()
	select {
	case <-ended:
		return nil
	case <-late.C:
	}
	for _, c := range s.all() {
		c.drop()
	}
	late.Reset(time.Second)
	select {
	case <-ended:
		return nil
	case <-late.C:
		return fmt.Errorf("sshd: %d sessions did not end", s.census.sessionsNow())
	}
}
