package sshd

import (
	"errors"
	"log/slog"
	"time"

	"golang.org/x/crypto/ssh"

	"joltui/internal/sshd/keys"
)

// Keys says who may log in. It is called by many goroutines at once.
type Keys interface {
	// Admit returns who logs in, or why they may not; the error is for the log. Whether the
	// key is really theirs is checked afterwards.
	Admit(keys.Login) (keys.Viewer, error)
}

// Config says whom a server lets in, and where its limits are.
type Config struct {
	// HostKey is the key by which viewers know the server; see package hostkey.
	HostKey ssh.Signer
	// Keys are those who may log in.
	Keys Keys
	// Handler serves a session; the session ends when it returns. When s.Done is closed it
	// has to return within Drain. A panic in it ends this session only.
	Handler func(s *Session)
	// Logger gets the audit. Nil discards.
	Logger *slog.Logger

	// IdleTimeout is how long a viewer may type nothing; 0 is for ever.
	IdleTimeout time.Duration
	// MaxSessions is how many sessions there may be; 50 by default. MaxPerKey is how many
	// with the same key; 4 by default.
	MaxSessions, MaxPerKey int
	// MaxLogins is how many connections may be logging in at once, and MaxLoginsPerAddress
	// how many of them from one IPv4 address or /64 network of IPv6; 64 and 16 by default.
	MaxLogins, MaxLoginsPerAddress int
	// LoginTime is how long a login may take; 20 s by default.
	LoginTime time.Duration
	// Drain is how long the handler of a session that has to end may take; 5 s by default.
	Drain time.Duration
}

const (
	// With the 6 that are usual, people with many keys in their agent are locked out.
	maxAuthTries = 20
	// A login with 20 certificates takes some 150 KB.
	maxLogin = 256 << 10
	// How long the reader of a connection that was closed may take to notice.
	strandedTime = 250 * time.Millisecond
	// How long the network is refused from which readers were left behind, and of how many
	// networks that is remembered.
	banTime = time.Hour
	maxBans = 10_000
	// A channel that asks for neither a shell nor a command takes the place of a viewer.
	setupTime = 20 * time.Second
	// How long a connection may be without a session. It is what ssh's ControlPersist keeps.
	lonelyTime = 10 * time.Minute
	// How long a peer may take to close a channel that the server has closed.
	closeTime = 5 * time.Second
)

// withDefaults checks the configuration, and fills in what it leaves open.
func (c Config) withDefaults() (Config, error) {
	switch {
	case c.HostKey == nil:
		return c, errors.New("sshd: the host key is missing")
	case c.Keys == nil:
		return c, errors.New("sshd: nobody says who may log in")
	case c.Handler == nil:
		return c, errors.New("sshd: the handler is missing")
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	orDefault(&c.MaxSessions, 50)
	orDefault(&c.MaxPerKey, 4)
	orDefault(&c.MaxLogins, 64)
	orDefault(&c.MaxLoginsPerAddress, 16)
	orDefault(&c.LoginTime, 20*time.Second)
	orDefault(&c.Drain, 5*time.Second)
	return c, nil
}

func orDefault[T int | time.Duration](value *T, otherwise T) {
	if *value <= 0 {
		*value = otherwise
	}
}
