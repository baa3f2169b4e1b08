package sshd

import (
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/ssh"

	"joltui/internal/sshd/keys"
)

// conn is a connection. Several sessions can share it.
type conn struct {
	server  *Server
	net     *meteredConn
	address string
	from    netip.Addr   // of the peer, where it has one
	network netip.Prefix // for limits

	// What is known after the login. It does not change once known is set.
	login  keys.Login
	viewer keys.Viewer

	mu       sync.Mutex
	known    bool
	ending   error
	sessions map[*Session]struct{}
	lonely   *time.Timer // closes a connection without a session
}

func newConn(s *Server, nc net.Conn) *conn {
	c := &conn{server: s, address: nc.RemoteAddr().String(), sessions: make(map[*Session]struct{})}
	c.net = newMeteredConn(nc, &s.counts)
	c.from, c.network = addressOf(nc)
	return c
}

// drop cuts the connection off.
func (c *conn) drop() { c.net.Close() }

// serve returns when the connection has ended. Its sessions may go on for a moment.
func (c *conn) serve() {
	sc, channels, requests := c.logIn()
	if sc == nil {
		return
	}
	defer c.server.census.disconnect(c.viewer.Fingerprint)
	defer sc.Close()
	c.net.known.Store(true)
	c.mu.Lock()
	c.known = true
	c.lonely = time.AfterFunc(lonelyTime, c.drop)
	defer c.lonely.Stop()
	c.mu.Unlock()
	c.recheck() // the keys may have changed since
	c.server.running.Go(func() {
		c.server.guard("requests of a connection", c.drop, func() { c.answer(requests) })
	})
	for channel := range channels {
		c.open(channel)
	}
}

// answer answers what a peer asks for that is about no session.
func (c *conn) answer(requests <-chan *ssh.Request) {
	for r := range requests {
		switch r.Type {
		case keepalive, "no-more-sessions@openssh.com":
			// Any answer will do for the first. The second is a promise of the peer, which
			// limits of this server do not depend on.
		default:
			c.refused(r.Type, "only sessions are served")
		}
		r.Reply(false, nil)
	}
}

// open answers to a channel that the peer opens.
func (c *conn) open(channel ssh.NewChannel) {
	if kind := channel.ChannelType(); kind != "session" {
		c.refused("channel "+kind, "only sessions are served")
		channel.Reject(ssh.Prohibited, "joltui serves sessions only: no forwarding, no agent, no X11")
		return
	}
	if reason, err := c.enter(); err != nil {
		c.refused("session", err.Error())
		channel.Reject(reason, "joltui: "+err.Error())
		return
	}
	ch, requests, err := channel.Accept()
	if err != nil {
		c.leave(nil)
		return
	}
	s := newSession(c, ch)
	c.add(s)
	c.server.running.Go(func() {
		defer c.leave(s)
		c.server.guard("session of "+c.viewer.Name, c.drop, func() { s.run(requests) })
	})
}

// enter counts a session in, or says why there is none.
func (c *conn) enter() (ssh.RejectionReason, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ending != nil {
		return ssh.Prohibited, c.ending
	}
	if err := c.server.census.enter(c.viewer.Fingerprint); err != nil {
		return ssh.ResourceShortage, err
	}
	return 0, nil
}

func (c *conn) add(s *Session) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sessions[s] = struct{}{}
	c.lonely.Stop()
	if c.ending != nil {
		s.end(c.ending)
	}
}

func (c *conn) leave(s *Session) {
	c.server.census.leave(c.viewer.Fingerprint)
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.sessions, s)
	if len(c.sessions) > 0 {
		return
	}
	c.lonely.Reset(lonelyTime)
	if c.ending != nil {
		c.drop()
	}
}

// finish ends the sessions of a connection, and then the connection.
func (c *conn) finish(why error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ending == nil {
		c.ending = why
	}
	for s := range c.sessions {
		s.end(why)
	}
	if len(c.sessions) == 0 {
		c.drop()
	}
}

// recheck ends the connection of somebody whose key says something else than it did.
func (c *conn) recheck() {
	c.mu.Lock()
	known := c.known
	c.mu.Unlock()
	if !known {
		return // it will be done after the login
	}
	login := c.login
	login.Now = time.Now()
	if viewer, err := c.server.cfg.Keys.Admit(login); err != nil || !viewer.Equal(c.viewer) {
		c.finish(ErrRevoked)
	}
}

// meteredConn counts bytes, bounds what a stranger sends, and remembers that the connection has
// ended.
type meteredConn struct {
	net.Conn
	counts *counts
	known  atomic.Bool // the peer has logged in
	early  int         // bytes that came before; only Read uses it
	writes atomic.Int64
	over   chan struct{} // a Read has failed
	once   sync.Once
}

func newMeteredConn(nc net.Conn, counts *counts) *meteredConn {
	return &meteredConn{Conn: nc, counts: counts, over: make(chan struct{})}
}

func (m *meteredConn) end() { m.once.Do(func() { close(m.over) }) }

// ended reports whether a Read has failed.
func (m *meteredConn) ended() bool {
	select {
	case <-m.over:
		return true
	default:
		return false
	}
}

func (m *meteredConn) Read(p []byte) (int, error) {
	n, err := m.Conn.Read(p)
	m.counts.in.Add(uint64(n))
	if !m.known.Load() {
		if m.early += n; m.early > maxLogin {
			m.end()
			return 0, errLoginBytes
		}
	}
	if err != nil {
		m.end()
	}
	return n, err
}

func (m *meteredConn) Write(p []byte) (int, error) {
	m.writes.Add(1)
	n, err := m.Conn.Write(p)
	m.counts.out.Add(uint64(n))
	return n, err
}
