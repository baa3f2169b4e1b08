package broker

import (
	"context"
	"errors"
	"strings"

	"joltui/broker/internal/login"
	"joltui/internal/system"
	"joltui/jolt"
)

// ErrBadPassword is wrapped by the errors of [HashPassword].
var ErrBadPassword = login.ErrBadPassword

// HashPassword returns the salted hash of a password, by PBKDF2-HMAC-SHA256
// with 600,000 iterations, in the form that the configuration's password_hash
// takes. The password must be valid UTF-8 of 1 to 512 bytes.
func HashPassword(password string) (string, error) {
	return login.HashPassword(password, login.Iterations)
}

// auth logs in, as somebody else if need be. After a failure the client stays
// who it was.
func (s *session) auth(name, password string) *refusal {
	users := s.b.access.Load()
	if users == nil {
		return nil
	}
	if s.settle(); s.over.wordless() { // checking a password takes long
		return s.over
	}
	if s.stranger {
		s.stopAuthTimer()
	}
	if no := s.logIn(users, strings.Clone(name), strings.Clone(password)); no != nil {
		s.loginFailed(name, no)
		return no
	}
	user := s.user.Load()
	s.stranger, s.failed = false, 0
	s.log.Debug("logged in", "user", user.name)
	s.event(system.LoggedIn, "")
	for topic := range s.topics.All {
		if s.b.maySubscribe(user, topic) != nil {
			s.drop(topic)
		}
	}
	return nil
}

// loginFailed has the session end where it does not deserve another try.
func (s *session) loginFailed(name string, why *refusal) {
	s.failed++
	s.b.board.event(system.Event{Event: system.Refused, ID: s.id, Address: s.peer().remote, User: clip(name, maxExplanation), Reason: why.text()})
	switch {
	case why.code == jolt.CodeTooManyConnections:
		s.over = why
	case s.failed >= mostFailedLogins:
		s.over = refuse(jolt.CodeAuthFailed, "%d logins on this connection have failed", s.failed)
	case s.stranger:
		s.startAuthTimer()
	}
}

// logIn makes the session that of the user whose password it is.
func (s *session) logIn(users *access, name, password string) *refusal {
	attempt := login.Attempt{Name: name, Password: password, Address: s.address}
	verified, err := s.check(users.credential(name), attempt)
	var busy *login.BusyError
	switch {
	case errors.As(err, &busy):
		s.b.loginsRefused.Add(1)
		s.b.episodes.Warn("busy "+s.address, "login refused without a look at the password", "user", clip(name, maxExplanation),
			"remote", s.peer().remote, "reason", busy.Reason)
		return refuse(jolt.CodeBusy, "%v", busy)
	case err != nil:
		if why := s.end.Load(); why != nil {
			return why
		}
		return shuttingDown()
	case verified:
		if done, no := s.adopt(users.accounts[name], users); done || no != nil {
			return no
		}
	}
	s.b.loginFailures.Add(1)
	s.b.episodes.Warn("login "+clip(name, maxExplanation)+" "+s.address, "login failed",
		"user", clip(name, maxExplanation), "remote", s.peer().remote)
	return refuse(jolt.CodeAuthFailed, "unknown user or wrong password")
}

// check waits for its turn to have a password checked, as long as the session lasts.
func (s *session) check(c *login.Credential, a login.Attempt) (bool, error) {
	ctx, leave := context.WithCancel(s.b.logins)
	defer leave()
	s.leaveLogin.Store(&leave)
	defer s.leaveLogin.Store(nil)
	if s.atOnce.Load() { // before there was anything to leave
		leave()
	}
	return s.b.gate.Check(ctx, c, a)
}
