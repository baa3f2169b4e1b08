package brokertest

import (
	"context"
	"net"
	"testing"

	"joltui/broker"
)

// Server is a broker that listens on a port of this machine.
type Server struct {
	Addr string // stays the same over restarts

	tb    testing.TB
	cfg   broker.Config
	front func(net.Listener) net.Listener
	b     *broker.Broker
	ended chan error // nil while stopped
}

// Start runs a broker on a free port until the test ends.
func Start(tb testing.TB, cfg broker.Config) *Server {
	tb.Helper()
	return StartBehind(tb, cfg, func(ln net.Listener) net.Listener { return ln })
}

// StartBehind is Start with something in front of the broker's listener: TLS,
// for one.
func StartBehind(tb testing.TB, cfg broker.Config, front func(net.Listener) net.Listener) *Server {
	tb.Helper()
	s := &Server{Addr: "127.0.0.1:0", tb: tb, cfg: cfg, front: front}
	s.Restart()
	tb.Cleanup(s.Stop)
	return s
}

// Stop ends the broker at once: every connection is closed.
func (s *Server) Stop() {
	if s.ended == nil {
		return
	}
	s.b.Close()
	if err := <-s.ended; err != nil {
		s.tb.Errorf("the broker ended: %v", err)
	}
	s.ended = nil
}

// Restart runs a new broker at the same address, in place of the one that runs.
func (s *Server) Restart() {
	s.tb.Helper()
	s.Stop()
	ln, err := net.Listen("tcp", s.Addr)
	if err != nil {
		s.tb.Fatal(err)
	}
	s.Addr = ln.Addr().String()
	ln = s.front(ln)
	if s.b, err = broker.New(s.cfg); err != nil {
		s.tb.Fatal(err)
	}
	ended := make(chan error, 1)
	s.ended = ended
	go func(b *broker.Broker) { ended <- b.Serve(context.Background(), ln) }(s.b)
}
