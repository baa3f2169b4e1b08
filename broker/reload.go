package broker

import "joltui/jolt"

// Reload takes over the users of cfg, with their passwords and permissions, while
// the broker serves; all else of cfg takes effect with the next start. Connections
// stay open, except those of users who are gone, have another password, or may do
// less than before: they are told why, and can log in again.
//
// An error is a [*ConfigError], and changes nothing. Security cannot be switched
// on or off while the broker runs.
func (b *Broker) Reload(cfg Config) error {
	reason := cfg.check()
	if reason == "" && cfg.Security != b.cfg.Security {
		reason = `"security" cannot change while the broker runs: restart it`
	}
	if reason != "" {
		return &ConfigError{Reason: reason}
	}
	if !cfg.Security {
		return nil
	}
	next, reason := newAccess(cfg.Users)
	if reason != "" {
		return &ConfigError{Reason: reason}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.access.Store(next)
	ended := 0
	for s := range b.sessions {
		if !s.become(next) {
			ended++
		}
	}
	b.log.Info("users reloaded", "users", len(cfg.Users), "connections_ended", ended)
	return nil
}

// become gives a session what its user is granted now, and reports whether it may
// go on.
func (s *session) become(now *access) bool {
	before := s.user.Load()
	if before == nil {
		return true // it has yet to log in
	}
	after := now.accounts[before.name]
	if after == nil || after.hash.String() != before.hash.String() || !after.covers(before.permissions) {
		s.stop(refuse(jolt.CodeForbidden, "the permissions of %s have changed: log in again", before.name))
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

func within(part, whole map[string]bool) bool {
	for topic := range part {
		if !whole[topic] {
			return false
		}
	}
	return true
}

// adopt makes user, whom the users of then let in, the user of s. Where the users
// were reloaded in between, what they grant now counts.
func (s *session) adopt(user *account, then *access) bool {
	s.b.mu.Lock()
	defer s.b.mu.Unlock()
	if now := s.b.access.Load(); now != then {
		current := now.accounts[user.name]
		if current == nil || current.hash.String() != user.hash.String() {
			return false
		}
		user = current
	}
	s.user.Store(user)
	return true
}
