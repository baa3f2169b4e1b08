package broker

import (
	"net"

	"joltui/jolt"
)

// census counts the connections of each address and of each user. The broker's mutex
// guards it.
type census struct {
	addresses, users map[string]int
}

func newCensus() census { return census{addresses: make(map[string]int), users: make(map[string]int)} }

// admits returns why there may be no further connection of an address beside the open
// ones, if so. Where users log in, some connections beyond the limit are reserved for admins, who would
// else be locked out when they are needed most.
func (c *census) admits(address string, open int, l Limits, users bool) (reserved bool, no *refusal) {
	reserved = open >= l.Connections
	if reserved && (!users || open >= l.Connections+l.AdminConnections) {
		return false, tooMany(l)
	}
	if n := c.addresses[address]; n >= l.AddressConnections && address != "" {
		return false, refuse(jolt.CodeTooManyConnections,
			"%s has %d connections, the limit for an address: try again later", address, n)
	}
	return reserved, nil
}

func tooMany(l Limits) *refusal {
	return refuse(jolt.CodeTooManyConnections, "the limit of %d connections is reached: try again later", l.Connections)
}

func (c *census) enter(address string) {
	c.addresses[address]++
}

// become counts s for the user that it logs in as, unless that has too many
// connections, or is no admin and s has a place that is reserved.
func (c *census) become(s *session, user *account, l Limits) *refusal {
	if s.reserved && !user.admin && len(s.b.sessions.All) > l.Connections {
		return tooMany(l)
	}
	before := s.user.Load()
	if before != nil && before.name == user.name {
		return nil
	}
	if n := c.users[user.name]; n >= l.UserConnections {
		return refuse(jolt.CodeTooManyConnections,
			"%s has %d connections, the limit for a user: try again later", user.name, n)
	}
	c.users[user.name]++
	c.forget(before)
	return nil
}

func (c *census) leave(s *session) {
	countDown(c.addresses, s.address)
	c.forget(s.user.Load())
}

func (c *census) forget(user *account) {
	if user != nil {
		countDown(c.users, user.name)
	}
}

func countDown(counts map[string]int, key string) {
	if counts[key]--; counts[key] == 0 {
		delete(counts, key)
	}
}

// addressOf returns whom a connection comes from, as far as those who come from
// there are one: an IPv4 address, or the /64 network of an IPv6 address. It is empty
// for what is no TCP connection.
func addressOf(conn interface{ RemoteAddr() net.Addr }) string {
	tcp, ok := conn.RemoteAddr().(*net.TCPAddr)
	if !ok {
		return ""
	}
	ip := tcp.AddrPort().Addr().Unmap()
	if ip.Is6() {
		if network, err := ip.WithZone("").Prefix(64); err == nil {
			return network.String()
		}
	}
	return ip.String()
}
