package sshd

import (
	"errors"

	"joltui/internal/printable"
)

// Messages of the log.
const (
	// MsgLogin: somebody logged in; AttrName, AttrFingerprint, AttrCertificate, AttrAddress, AttrUser.
	MsgLogin = "logged in"
	// MsgLoginFailed: a connection ended before it had logged in; AttrAddress, AttrUser, AttrFingerprint, AttrWhy.
	MsgLoginFailed = "login failed"
	// MsgCame: a session began; AttrSession, AttrName, AttrFingerprint, AttrAddress, AttrCommand, AttrTerminal.
	MsgCame = "viewer came"
	// MsgLeft: a session ended; as MsgCame, with AttrWhy, AttrCode, AttrLasted and AttrUnsent.
	MsgLeft = "viewer left"
	// MsgRefused: something was refused; AttrAddress, AttrName, AttrWhat, AttrWhy.
	MsgRefused = "refused"
	// MsgPanic: a fault in this program ended what AttrWhat says; AttrError, AttrStack.
	MsgPanic = "panic"
)

// Names of the attributes.
const (
	AttrName        = "name"        // of the viewer, from the file of keys
	AttrFingerprint = "fingerprint" // of their key
	AttrCertificate = "certificate" // which one, if it was one
	AttrAddress     = "address"     // of the peer, with its port
	AttrUser        = "user"        // what stood before the @; untrusted
	AttrSession     = "session"     // a number that no other session of this server has
	AttrCommand     = "command"     // the words, if it is no shell; untrusted
	AttrTerminal    = "terminal"    // TERM; empty without one
	AttrWhat        = "what"        // was refused, or panicked
	AttrWhy         = "why"
	AttrCode        = "code"     // the exit code
	AttrLasted      = "lasted_s" // how many seconds the session took
	AttrUnsent      = "unsent"   // bytes that the viewer did not take
	AttrError       = "error"
	AttrStack       = "stack"
)

// Why a session ended, from [Session.Why].
var (
	ErrClosed     = errors.New("the viewer closed it")
	ErrLost       = errors.New("the connection ended")
	ErrIdle       = errors.New("nothing was typed for too long")
	ErrShutdown   = errors.New("the server ends")
	ErrRevoked    = errors.New("the key was taken out of the file of keys, or may do something else now")
	ErrExpired    = errors.New("the key has expired")
	ErrNoAnswer   = errors.New("the viewer's ssh does not answer")
	ErrPanicked   = errors.New("a fault in the program")
	errNoRequest  = errors.New("it asked for neither a shell nor a command")
	errBanned     = errors.New("packets from there were made to use up memory; it is let in again an hour later")
	errLoginBytes = errors.New("it sent more than a login takes")
)

// clip makes untrusted text fit for the log.
func clip(text string) string { return printable.Prefix(text, 80) }

// refused logs that a peer was refused what it asked for: the first of a kind at once.
func (c *conn) refused(what, why string) {
	c.server.counts.refused.Add(1)
	what = clip(what)
	c.server.episodes.Warn("refused "+what+" "+c.viewer.Fingerprint, MsgRefused,
		AttrName, c.viewer.Name, AttrFingerprint, c.viewer.Fingerprint, AttrAddress, c.address, AttrWhat, what, AttrWhy, why)
}
