package sshd

import (
	"fmt"
	"strings"

	"golang.org/x/crypto/ssh"
)

// setup is what a session asks for before it begins.
type setup struct {
	pty     bool
	term    string
	env     []string // NAME=value
	command []string // nil: a shell
	bad     error    // the command cannot be read
}

// request answers a request, and reports whether the session begins with it.
func (s *Session) request(r *ssh.Request) (begins bool) {
	ok := false
	switch r.Type {
	case "pty-req":
		ok = s.askPTY(r.Payload)
	case "env":
		ok = s.setVariable(r.Payload)
	case "window-change":
		ok = s.resize(r.Payload)
	case "shell":
		ok, begins = true, true
	case "exec":
		ok = s.setCommand(r.Payload)
		begins = ok
	case "signal":
		// A viewer has keys for all that a signal could mean.
	default:
		s.conn.refused(requestName(r), "joltui serves its own dashboard and commands only")
	}
	r.Reply(ok, nil)
	return begins
}

// requestName says what a request asks for, for the log.
func requestName(r *ssh.Request) string {
	var p struct{ Name string }
	if r.Type == "subsystem" && ssh.Unmarshal(r.Payload, &p) == nil {
		return "subsystem " + p.Name
	}
	return "request " + r.Type
}

// misread refuses a request that is not what it should be.
func (s *Session) misread(kind string) bool {
	s.conn.refused("request "+kind, "it is malformed, or came a second time")
	return false
}

func (s *Session) askPTY(payload []byte) bool {
	var p struct {
		Term                         string
		Columns, Rows, Width, Height uint32
		Modes                        string
	}
	if s.setup.pty || ssh.Unmarshal(payload, &p) != nil {
		return s.misread("pty-req")
	}
	s.setup.pty = true
	s.setup.term = termName(p.Term)
	s.setSize(Size{usualWidth, usualHeight}.resized(p.Columns, p.Rows))
	return true
}

func (s *Session) resize(payload []byte) bool {
	var p struct{ Columns, Rows, Width, Height uint32 }
	if !s.setup.pty || ssh.Unmarshal(payload, &p) != nil {
		return s.misread("window-change")
	}
	s.setSize(s.Size().resized(p.Columns, p.Rows))
	return true
}

// setVariable takes over a variable. Those that are not known are no reason for a warning: ssh
// sends what its user's configuration says.
func (s *Session) setVariable(payload []byte) bool {
	var p struct{ Name, Value string }
	if ssh.Unmarshal(payload, &p) != nil {
		return s.misread("env")
	}
	if len(s.setup.env) >= maxEnv {
		s.conn.refused("request env", fmt.Sprintf("there are %d variables already", maxEnv))
		return false
	}
	if !takesVariable(p.Name, p.Value) {
		return false
	}
	s.setup.env = append(s.setup.env, p.Name+"="+p.Value)
	return true
}

func (s *Session) setCommand(payload []byte) bool {
	var p struct{ Command string }
	if ssh.Unmarshal(payload, &p) != nil {
		return s.misread("exec")
	}
	s.setup.command, s.setup.bad = splitWords(p.Command)
	return true
}

// commandLine is the command for the log.
func (s *Session) commandLine() string { return clip(strings.Join(s.setup.command, " ")) }
