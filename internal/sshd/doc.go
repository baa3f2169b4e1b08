// Package sshd lets people in over SSH, and hands each of their terminals to a handler as a
// [Session]: a name, what the person may do, a terminal with its size, what they type, and a
// writer that goes no faster than their link. It knows nothing of what is shown there.
//
// It serves sessions, and nothing else: no forwarding, no subsystem, no agent, no X11, no
// password. What a peer asks for beyond that is refused, with a line in the log.
//
// The log is the audit. Its messages are the constants Msg…, the names of its attributes Attr…;
// docs/SERVE.md describes them.
//
// It may import internal/sshd/keys, internal/episodes and internal/printable. Begin reading with
// server.go: it accepts connections; login.go finds out who somebody is, and census.go counts
// them; conn.go is a connection, setup.go what a session asks for before it begins, session.go
// the session as its handler sees it, and run.go its course. outbox.go and window.go bound what
// is on its way to a viewer; idle.go ends who types nothing; guard.go keeps a panic where it is.
package sshd
