package broker

import (
	"context"
	"errors"
	"fmt"
	"joltui/internal/system"
	"net"
	"sync"
	"time"
)

// watchEngine is how often it is looked whether the engine is in reach.
const watchEngine = 100 * time.Millisecond

// accept starts a session for each connection until the listener is closed. It
// returns nil if the broker closed it. While the engine is out of reach it does not
// listen: who is refused a connection has sent nothing, and can try another broker.
func (b *Broker) accept(ln net.Listener) error {
	_, again := ln.(*net.TCPListener)
	if _, local := b.engine.(*registry); local || !again {
		return b.acceptFrom(ln)
	}
	for {
		away := make(chan struct{})
		watched, stop := context.WithCancel(b.logins)
		var watching sync.WaitGroup
		watching.Go(func() {
			if b.awaitEngine(watched, false) {
				close(away)
				ln.Close()
			}
		})
		err := b.acceptFrom(ln)
		stop()
		watching.Wait()
		select {
		case <-away:
			b.log.Error("not listening any more: nothing can be published", "error", b.engine.ready())
		default:
			return err
		}
		if ln = b.listenAgain(ln.Addr()); ln == nil {
			return nil
		}
		b.log.Info("listening again", "addr", ln.Addr().String())
	}
}

// awaitEngine waits until the engine is in reach, or is not any more. It returns false
// when ctx has ended.
func (b *Broker) awaitEngine(ctx context.Context, ready bool) bool {
	tick := time.NewTicker(watchEngine)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if (b.engine.ready() == nil) == ready {
				return true
			}
		case <-ctx.Done():
			return false
		}
	}
}

// listenAgain listens where the broker did before, as soon as the engine is in reach
// and the system allows it. It returns nil when the broker ends.
func (b *Broker) listenAgain(addr net.Addr) net.Listener {
	network := "tcp"
	if a, ok := addr.(*net.TCPAddr); ok && a.IP.To4() != nil {
		network = "tcp4" // as before, where it is 0.0.0.0
	}
	for b.awaitEngine(b.logins, true) {
		ln, err := net.Listen(network, addr.String())
		if err != nil {
			b.episodes.Warn("listen", "cannot listen again", "addr", addr.String(), "error", err)
			continue
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.logins.Err() != nil {
			ln.Close()
			return nil
		}
		b.listener = ln
		return ln
	}
	return nil
}

// acceptFrom is accept for one listener.
func (b *Broker) acceptFrom(ln net.Listener) error {
	failed := 0
	for {
		conn, err := ln.Accept()
		switch {
		case err == nil:
			if failed > 0 {
				failed = 0
				b.acceptFails.Store(false)
			}
			b.admit(conn)
		case b.logins.Err() != nil:
			return nil
		case errors.Is(err, net.ErrClosed):
			return fmt.Errorf("broker: the listener was closed: %w", err)
		default:
			// Out of descriptors or memory, or a connection that was gone
			// before it was accepted: all of it can pass.
			failed++
			b.acceptFails.Store(true)
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
	detectDead(conn)
	s, no := b.enter(conn)
	switch {
	case s != nil:
		go b.session(s)
	case no == nil: // closed meanwhile
		hangUp(conn)
	default:
		b.turnedAway.Add(1)
		b.episodes.Warn(no.code, "connection refused", "remote", conn.RemoteAddr().String(), "reason", no)
		b.board.event(system.Event{Event: system.Refused, Address: conn.RemoteAddr().String(), Reason: no.text()})
		b.refuse(conn, no)
	}
}

// enter makes a session, or returns why there is none.
func (b *Broker) enter(conn net.Conn) (*session, *refusal) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.aborted {
		return nil, nil
	}
	address := addressOf(conn)
	reserved, no := b.census.admits(address, len(b.sessions.All), b.cfg.Limits, b.access.Load() != nil)
	if no == nil && b.memory.full.Load() {
		no = memoryFull()
	}
	if no != nil {
		return nil, no
	}
	s := newSession(b, conn)
	s.id = b.accepted.Add(1)
	s.reserved = reserved
	b.census.enter(address)
	b.sessions.Set(s, struct{}{})
	b.running.Add(1)
	b.reading.Add(1)
	return s, nil
}

// detectDead has the system find out, within a minute, that a silent peer is gone.
func detectDead(conn net.Conn) {
	if c, ok := conn.(*net.TCPConn); ok {
		// A connection that is gone already shows it when it is read.
		c.SetKeepAliveConfig(net.KeepAliveConfig{Enable: true,
			Idle: 30 * time.Second, Interval: 10 * time.Second, Count: 3})
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
	b.census.leave(s)
	b.sessions.Remove(s)
	b.memory.freed(s.footprint())
}

// refuse tells a client why there is no session for it, and closes. Waiting
// for one that does not listen must not keep others from being accepted.
func (b *Broker) refuse(conn net.Conn, why *refusal) {
	secured, _ := b.certificates.wrap(conn, linger)
	frame := why.frame()
	if secured == conn { // what a new socket takes needs no waiting
		frame = frame[newTryWriter(conn).write(frame):]
	}
	select {
	case b.refusing <- struct{}{}:
	default:
		hangUp(conn)
		return
	}
	b.running.Go(func() {
		defer func() { <-b.refusing }()
		conn.SetDeadline(time.Now().Add(linger))
		if _, err := secured.Write(frame); err == nil {
			closeGently(secured, conn)
		}
		hangUp(conn)
	})
}

// backoff returns how long to wait after n errors of the listener in a row.
func backoff(n int) time.Duration {
	const first, most = 5 * time.Millisecond, time.Second
	return min(most, first<<min(n-1, 10))
}
