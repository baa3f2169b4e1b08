package jolt

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"time"
	"unicode/utf8"
)

// DefaultAddr is where a broker listens unless told otherwise.
const DefaultAddr = "127.0.0.1:8080"

// Config says how a [Client] connects. The zero value works: it connects to
// [DefaultAddr], logs nobody in and subscribes to nothing.
type Config struct {
	// Addr is the broker's host:port, with an IPv6 host in brackets, or a host alone,
	// whose port is then 8080. Default [DefaultAddr].
	Addr string
	// User and Pass log in on every connection, before anything else, until
	// [Client.Auth] puts others in their place. No login is sent while User is empty.
	User, Pass string
	// Topics are subscribed to on every connection, before the client is up. One
	// that comes twice is asked for once; one that the broker refuses is a rejected
	// [Reply] and no error.
	Topics []string
	// Handler receives every event, in batches, in order. It is called by one
	// goroutine at a time; events of the wire come on the goroutine that reads
	// the connection, which reads on when Handler returns. So Handler must be
	// quick. What waits for the client is refused in it, with [ErrInHandler];
	// [Client.Start] works. A panic in it is not recovered. The slice is
	// valid only during the call; the events may be kept. Nil drops all events.
	Handler func(batch []Event)

	// Trace is told of every line that is sent, just before it is, and of every
	// line received, blank ones left out. Lines of one direction come in their
	// order on the wire, and a request comes before its reply. It is called by the
	// goroutine that writes and by the one that reads, also at the same time, and
	// both go on when it returns. Nil costs nothing.
	Trace func(TraceLine)

	// ConnectTimeout bounds one attempt to connect, TLS included. Default 10 s.
	ConnectTimeout time.Duration
	// ReplyTimeout is how long a request may wait for its reply before the
	// connection is given up, and how long the network may take none of a request.
	// Time that Handler takes does not count, here and below. Default 10 s.
	ReplyTimeout time.Duration
	// IdleTimeout is how long the peer may be silent before it is pinged, but for one
	// that has a login to check. Default 3 s.
	IdleTimeout time.Duration
	// PingTimeout is how long a pinged peer may stay silent before the
	// connection is given up. Default 4 s.
	PingTimeout time.Duration
	// Window is how many requests are sent together before their replies are
	// waited for. Default 1: replies carry no id, and so one that the broker
	// leaves out, delays or sends out of turn is never taken for the reply to
	// another request. More is faster where many goroutines publish over a slow
	// network, and relies on the broker's order; the outcomes of a window become
	// known when all of it has been answered, or the connection ends: then those
	// that were answered have that outcome, and the others end as [Unknown].
	Window int
	// PingInterval is how often the peer is pinged while it is not silent, to
	// measure the round trip: the [Reply] events of it have Auto set. 0 leaves that to
	// the pings that the client sends anyway.
	PingInterval time.Duration
	// MaxLine is the longest line accepted, in bytes without the line end.
	// A longer one is skipped and becomes a [BadLine]. Default [DefaultMaxLine].
	MaxLine int

	// Go starts each goroutine of the client. Default: the go statement. A
	// program that has something to put right when one panics, such as a
	// terminal, starts f on a goroutine that recovers.
	Go func(f func())

	// NoReconnect ends the client with its first connection, or the first
	// failure to make one. It still has to be closed.
	NoReconnect bool
	// NoLoginRetry ends the client with the first login that the broker refuses. Without
	// it, that is so only for one that the broker has never accepted: a refusal later, as
	// after a change of the password, is taken for an outage, which may be over soon. One
	// that is too busy ([CodeBusy]) is tried again in any case.
	NoLoginRetry bool
	// Backoff is how long to wait before the next attempt, when n have failed since the
	// client was last up. Connections in a row that were up for less than 10 s count
	// as well, but for the first: n is 0 after one that was up for longer, and grows
	// where each is lost as soon as it is made. Default [FullJitter].
	Backoff func(n int) time.Duration
	// Dial makes the connection; ctx ends after ConnectTimeout, and with the
	// client. network is "tcp", addr is Addr. Default [net.Dialer.DialContext].
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)
	// TLS, when not nil, wraps each connection. The protocol has no TLS of its
	// own: this is for a TLS-terminating proxy in front of the broker. It is not
	// changed; where ServerName is empty, the host of Addr is meant.
	TLS *tls.Config
	// InsecurePlaintextAuth lets a password cross the network in clear. Without
	// it, a login is sent only over TLS or to a loopback address.
	InsecurePlaintextAuth bool
}

func (c Config) withDefaults() (Config, error) {
	addr, err := withPort(c.Addr)
	if err != nil {
		return c, err
	}
	c.Addr = addr
	for _, topic := range c.Topics {
		if topic == "" {
			return c, ErrBadTopic
		}
		if !utf8.ValidString(topic) {
			return c, fmt.Errorf("%w: topic %q", ErrInvalidUTF8, topic)
		}
	}
	for _, d := range []struct {
		name  string
		value *time.Duration
		zero  time.Duration
	}{
		{"ConnectTimeout", &c.ConnectTimeout, 10 * time.Second},
		{"ReplyTimeout", &c.ReplyTimeout, 10 * time.Second},
		{"IdleTimeout", &c.IdleTimeout, 3 * time.Second},
		{"PingTimeout", &c.PingTimeout, 4 * time.Second},
		{"PingInterval", &c.PingInterval, 0},
	} {
		if *d.value < 0 {
			return c, fmt.Errorf("%w: %s is negative", ErrBadConfig, d.name)
		}
		if *d.value == 0 {
			*d.value = d.zero
		}
	}
	if c.MaxLine < 0 || c.Window < 0 {
		return c, fmt.Errorf("%w: MaxLine and Window must not be negative", ErrBadConfig)
	}
	c.Window = max(c.Window, 1)
	if c.MaxLine == 0 {
		c.MaxLine = DefaultMaxLine
	}
	if c.Backoff == nil {
		c.Backoff = FullJitter
	}
	if c.Go == nil {
		c.Go = func(f func()) { go f() }
	}
	if c.Dial == nil {
		c.Dial = new(net.Dialer).DialContext
	}
	return c, nil
}
