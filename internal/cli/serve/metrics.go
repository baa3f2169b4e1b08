package serve

import (
	"net"
	"net/http"
	"strconv"

	"joltui/internal/cli/exit"
)

// serveMetrics answers HTTP at addr until stop is called.
func (r *running) serveMetrics(addr string) (stop func(), err error) {
	addr, err = metricsAddr(addr)
	if err != nil {
		return nil, err
	}
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, metricsError(addr, err)
	}
	at := ln.Addr().(*net.TCPAddr)
	r.log.Info("metrics", "url", "http://"+at.String()+"/metrics")
	if !at.IP.IsLoopback() {
		r.log.Warn("the metrics are for everybody who can reach this address: they ask for no password", "addr", at.String())
	}
	server := r.exporter.Server(ln, r.log)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Serve(ln); err != http.ErrServerClosed {
			r.log.Error("metrics are no longer served", "error", err)
		}
	}()
	return func() {
		server.Close()
		<-ended
	}, nil
}

// metricsAddr is loopback unless a host is given.
func metricsAddr(addr string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if n, bad := strconv.Atoi(port); err != nil || bad != nil || n < 0 || n > 65535 {
		return "", exit.Usagef("--metrics-addr %q is not HOST:PORT or :PORT, such as 127.0.0.1:9090", addr)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port), nil
}
