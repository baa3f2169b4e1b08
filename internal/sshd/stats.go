package sshd

import "sync/atomic"

// Stats are a server's counts at one moment. Those without "now" in their comment only grow.
type Stats struct {
	LoggingIn   int // connections that have not logged in, now
	Connections int // that are logged in, now
	Sessions    int // now

	Accepted     uint64 // connections
	TurnedAway   uint64 // connections that were closed at once, as too many were logging in
	LoggedIn     uint64 // logins that succeeded
	LoginsFailed uint64 // connections that ended before they had logged in
	Started      uint64 // sessions that were handed to the handler
	Refused      uint64 // requests, channels and sessions
	Idle         uint64 // sessions that ended as nothing was typed
	Unanswered   uint64 // connections that were closed as the peer did not answer
	Revoked      uint64 // sessions that ended as their key had expired or was taken out
	Panics       uint64
	BytesIn      uint64 // of connections, all of the protocol included
	BytesOut     uint64
}

// counts are those of Stats that only grow.
type counts struct {
	accepted, turnedAway, loggedIn, loginsFailed, started, refused atomic.Uint64
	idle, unanswered, revoked, panics, in, out                     atomic.Uint64
}

// Stats returns the counts.
func (s *Server) Stats() Stats {
	n := &s.counts
	stats := Stats{
		Accepted: n.accepted.Load(), TurnedAway: n.turnedAway.Load(), LoggedIn: n.loggedIn.Load(),
		LoginsFailed: n.loginsFailed.Load(), Started: n.started.Load(), Refused: n.refused.Load(),
		Idle: n.idle.Load(), Unanswered: n.unanswered.Load(), Revoked: n.revoked.Load(), Panics: n.panics.Load(),
		BytesIn: n.in.Load(), BytesOut: n.out.Load(),
	}
	s.census.mu.Lock()
	defer s.census.mu.Unlock()
	stats.LoggingIn, stats.Connections, stats.Sessions = s.census.loggingIn, s.census.allConns, s.census.all
	return stats
}
