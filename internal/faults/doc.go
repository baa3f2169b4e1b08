// Package faults puts a faulty network between a client and a broker, for tests.
//
// A [Proxy] forwards TCP connections. Its settings and faults act at once, on open
// connections and on those to come, until they are changed again. It promises exact bytes,
// not exact times: latency and bandwidth are in real time, and lower bounds.
//
// It imports the standard library only, and no production code imports it. Begin reading
// with proxy.go; link.go forwards one direction of a connection.
package faults
