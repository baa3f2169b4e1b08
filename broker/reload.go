package broker

import (
	"crypto/tls"
	"fmt"
	"reflect"

	"joltui/broker/cluster"
	"joltui/broker/internal/stream"
	"joltui/internal/system"
	"joltui/jolt"
)

// Reload takes over the users of cfg, with their passwords and permissions, and
// reads its TLS files anew, while the broker serves; all else of cfg takes effect
// with the next start. Connections stay open, except those of users who are gone,
// have another password, or may do less than before: they are told why, and can
// log in again. A certificate is for connections that come in from now on.
//
// An error is a [*ConfigError], and changes nothing. Neither security nor TLS can
// be switched on or off while the broker runs.
func (b *Broker) Reload(cfg Config) error {
	switch {
	case cfg.Security != b.cfg.Security:
		return cfg.bad(`"security" cannot change while the broker runs: restart it`)
	case cfg.Patterns != b.cfg.Patterns:
		return cfg.bad(`"patterns" cannot change while the broker runs: restart it`)
	case (cfg.TLS != nil) != (b.cfg.TLS != nil):
		return cfg.bad(`"tls" cannot be switched on or off while the broker runs: restart it`)
	}
	if !reflect.DeepEqual(cfg.Engine, b.cfg.Engine) {
		return cfg.bad(`"engine" cannot change while the broker runs: restart it`)
	}
	next, err := cfg.ready()
	if err != nil {
		return err
	}
	b.certificates.now.Store(next.tls)
	attrs := []any{"users", len(cfg.Users), "connections_ended", b.regrant(next.users)}
	if cfg.TLS != nil {
		attrs = append(attrs, "certificate_until", b.certificates.expires())
	}
	b.log.Info("configuration reloaded", attrs...)
	b.board.event(system.Event{Event: system.Reloaded})
	if next.limits != b.cfg.Limits || cfg.Addr() != b.cfg.Addr() || cfg.name() != b.cfg.Name {
		b.log.Warn("a new host, port, name or limit takes effect with the next start")
	}
	b.warn(cfg)
	return nil
}

// regrant gives all sessions what the users of next may do, and returns how many
// of them that ends.
func (b *Broker) regrant(next *access) (ended int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.access.Store(next)
	for s := range b.sessions.All {
		if !s.become(next) {
			ended++
		}
	}
	return ended
}

// checked is what a configuration comes to.
type checked struct {
	limits Limits
	stream stream.Config
	users  *access     // nil with security off
	tls    *tls.Config // nil without TLS
}

// ready checks all of c and reads the files it names. An error is a
// [*ConfigError].
func (c Config) ready() (checked, error) {
	ready := checked{limits: c.Limits}
	reason := c.check()
	if c.Engine != nil && ready.limits.LineBytes == 0 {
		ready.limits.LineBytes = cluster.LineBytes
	}
	if reason == "" {
		reason = ready.limits.fill()
	}
	if reason == "" && c.Engine != nil {
		ready.stream, reason = c.engine(ready.limits)
	}
	if reason == "" && c.Security {
		ready.users, reason = newAccess(c.Users, c.Patterns)
	}
	if reason == "" && c.TLS != nil {
		var err error
		if ready.tls, err = c.TLS.load(); err != nil {
			reason = err.Error()
		}
	}
	if reason != "" {
		return checked{}, c.bad(reason)
	}
	return ready, nil
}

// engine reads the files of the engine, or returns what is wrong.
func (c Config) engine(l Limits) (stream.Config, string) {
	if l.TopicBytes > cluster.TopicBytes {
		return stream.Config{}, fmt.Sprintf(`"topic_bytes" must be at most %d with an engine, not %d: lower it`, cluster.TopicBytes, l.TopicBytes)
	}
	ready, err := c.Engine.Stream(l.LineBytes)
	if err != nil {
		return ready, `"engine": ` + err.Error()
	}
	return ready, ""
}

func (c Config) bad(reason string) error { return &ConfigError{File: c.file, Reason: reason} }

// become gives a session what its user is granted now, and reports whether it may
// go on.
func (s *session) become(now *access) bool {
	before := s.user.Load()
	if before == nil {
		return true // it has yet to log in
	}
	after := now.accounts[before.name]
	what := ""
	switch {
	case after == nil:
		s.expel(refuse(jolt.CodeForbidden, "%s is no user of this broker any more", before.name))
		return false
	case after.hash.String() != before.hash.String():
		what = "password of %s has"
	case !after.covers(before.permissions):
		what = "permissions of %s have"
	}
	if what != "" {
		s.expel(refuse(jolt.CodeForbidden, "the "+what+" changed: log in again", before.name))
		return false
	}
	s.user.Store(after)
	return true
}

// covers reports whether p allows all that before does.
func (p permissions) covers(before permissions) bool {
	if p.admin {
		return true
	}
	return !before.admin && within(before.publish, p.publish) && within(before.subscribe, p.subscribe)
}

func within(part, whole grants) bool {
	for topic := range part.exact {
		if !whole.allow(topic) {
			return false
		}
	}
	return true
}

// adopt makes user, whom the users of then let in, the user of s. Where the users
// were reloaded in between, what they grant now counts; false says that the login
// is no good any more.
func (s *session) adopt(user *account, then *access) (bool, *refusal) {
	s.b.mu.Lock()
	defer s.b.mu.Unlock()
	if now := s.b.access.Load(); now != then {
		current := now.accounts[user.name]
		if current == nil || current.hash.String() != user.hash.String() {
			return false, nil
		}
		user = current
	}
	if no := s.b.census.become(s, user, s.b.cfg.Limits); no != nil {
		return false, no
	}
	s.user.Store(user)
	return true, nil
}
