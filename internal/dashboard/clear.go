package dashboard

import (
	"net"
	"sync/atomic"

	"joltui/jolt"
)

// WatchClear reports from then on whether the password of a client with this
// configuration has crossed a network in clear: a connection was made beyond this
// machine, without TLS. It is safe for concurrent use; nil is never.
func WatchClear(cfg *jolt.Config) func() bool {
	if cfg.User == "" || cfg.TLS != nil || !cfg.InsecurePlaintextAuth {
		return nil
	}
	var clear atomic.Bool
	EachConnection(cfg, func(conn net.Conn) net.Conn {
		if to, ok := conn.RemoteAddr().(*net.TCPAddr); ok && !to.IP.IsLoopback() {
			clear.Store(true)
		}
		return conn
	})
	return clear.Load
}
