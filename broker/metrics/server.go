package metrics

import (
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

const (
	// idleTimeout is how long a connection may be kept without a request. Prometheus
	// makes a new one, if it asks less often.
	idleTimeout = 10 * time.Second
	// mostConnections is how many there may be: each takes a descriptor from the
	// broker's clients. The one that has been idle for longest makes room.
	mostConnections = 64
)

// Server returns an HTTP server for e, bounded in what its clients can hold. One that
// listens at loopback answers only who asks for this machine by name: a page in a
// browser can have its own name resolve to 127.0.0.1.
func (e *Exporter) Server(ln net.Listener, log *slog.Logger) *http.Server {
	handler := e.Handler()
	if at, ok := ln.Addr().(*net.TCPAddr); ok && at.IP.IsLoopback() {
		handler = localOnly(handler)
	}
	conns := &connections{since: make(map[net.Conn]time.Time)}
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    16 << 10,
		ConnState:         conns.changed,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// localOnly refuses requests for another host than this machine.
func localOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isLocal(r.Host) {
			answer(w, http.StatusMisdirectedRequest, "ask for localhost or 127.0.0.1: this is for this machine alone")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// isLocal reports whether a Host header names this machine.
func isLocal(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// connections bounds those of a server.
type connections struct {
	mu    sync.Mutex
	since map[net.Conn]time.Time // when each was last used
}

// changed is an http.Server's ConnState.
func (c *connections) changed(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if state == http.StateClosed || state == http.StateHijacked {
		delete(c.since, conn)
		return
	}
	c.since[conn] = time.Now()
	if len(c.since) > mostConnections {
		oldest := c.oldest()
		delete(c.since, oldest)
		oldest.Close() // the server notices, and reports that it is closed
	}
}

func (c *connections) oldest() (oldest net.Conn) {
	for conn, at := range c.since {
		if oldest == nil || at.Before(c.since[oldest]) {
			oldest = conn
		}
	}
	return oldest
}
