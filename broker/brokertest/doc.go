// Package brokertest runs a broker within a test, on a free port of the loopback
// interface, stops it when the test ends, and can restart it. It also makes certificates
// and password hashes for tests that need them.
//
// It imports broker and the standard library, and no production code imports it. Begin
// reading with brokertest.go.
package brokertest
