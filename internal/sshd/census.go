package sshd

import (
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"time"
)

// census counts who is there, and says when it is enough.
type census struct {
	cfg Config

	mu        sync.Mutex
	loggingIn int
	knocking  map[netip.Prefix]int // of those
	conns     map[string]int       // that are logged in, by the fingerprint of the key
	allConns  int
	sessions  map[string]int
	all       int                        // sessions
	banned    map[netip.Prefix]time.Time // until when
}

func newCensus(cfg Config) *census {
	return &census{cfg: cfg, knocking: make(map[netip.Prefix]int), conns: make(map[string]int), sessions: make(map[string]int),
		banned: make(map[netip.Prefix]time.Time)}
}

// knock counts a connection that has not logged in. loggedIn takes it away again.
func (c *census) knock(network netip.Prefix) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if until, banned := c.banned[wide(network)]; banned {
		if time.Now().Before(until) {
			return errBanned
		}
		delete(c.banned, wide(network))
	}
	switch {
	case c.loggingIn >= c.cfg.MaxLogins:
		return fmt.Errorf("%d connections are logging in already", c.loggingIn)
	case c.knocking[network] >= c.cfg.MaxLoginsPerAddress:
		return fmt.Errorf("%d connections from there are logging in already", c.knocking[network])
	}
	c.loggingIn++
	c.knocking[network]++
	return nil
}

// ban refuses a network from now on.
func (c *census) ban(network netip.Prefix, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.banned) >= maxBans {
		for some := range c.banned { // any of them: they are as bad as each other
			delete(c.banned, some)
			break
		}
	}
	c.banned[wide(network)] = now.Add(banTime)
}

// wide is the network that is banned: who has one /64 of IPv6 often has a /48.
func wide(network netip.Prefix) netip.Prefix {
	if network.Addr().Is6() {
		network, _ = network.Addr().Prefix(48)
	}
	return network
}

// loggedIn is called when a login has ended, whatever became of it.
func (c *census) loggedIn(network netip.Prefix) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.loggingIn--
	countDown(c.knocking, network)
}

// connect counts a connection that is logged in. Those without a session have room beside the
// others, so that a viewer who has too many sessions reads that.
func (c *census) connect(fingerprint string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conns[fingerprint] >= 2*c.cfg.MaxPerKey || c.allConns >= 2*c.cfg.MaxSessions {
		return errors.New("there are too many connections already")
	}
	c.conns[fingerprint]++
	c.allConns++
	return nil
}

func (c *census) disconnect(fingerprint string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.allConns--
	countDown(c.conns, fingerprint)
}

// enter counts a session.
func (c *census) enter(fingerprint string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.sessions[fingerprint] >= c.cfg.MaxPerKey:
		return fmt.Errorf("your key has %d sessions already, the most that are allowed", c.cfg.MaxPerKey)
	case c.all >= c.cfg.MaxSessions:
		return fmt.Errorf("there are %d sessions already, the most that are allowed", c.cfg.MaxSessions)
	}
	c.sessions[fingerprint]++
	c.all++
	return nil
}

func (c *census) leave(fingerprint string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all--
	countDown(c.sessions, fingerprint)
}

func (c *census) sessionsNow() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.all
}

func countDown[K comparable](counts map[K]int, key K) {
	if counts[key]--; counts[key] <= 0 {
		delete(counts, key)
	}
}
