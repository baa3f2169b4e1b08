// Package metrics shows a broker to those who operate it, over HTTP: whether it is alive,
// whether it lets clients in, and its counts for Prometheus.
//
// It may import broker, which does not know it: a program that embeds a broker without
// metrics does not link the Prometheus client. Begin reading with metrics.go; counts.go
// names the metrics, server.go is the HTTP server.
package metrics
