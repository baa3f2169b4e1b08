package sshd

import (
	"fmt"
	"runtime/debug"
)

// guard runs f. If f panics, the stack goes to the log and fallen is called: a fault that one
// viewer meets is no reason for the others to go.
func (s *Server) guard(what string, fallen, f func()) {
	defer func() {
		if p := recover(); p != nil {
			s.counts.panics.Add(1)
			s.cfg.Logger.Error(MsgPanic, AttrWhat, what, AttrError, fmt.Sprint(p), AttrStack, string(debug.Stack()))
			fallen()
		}
	}()
	f()
}
