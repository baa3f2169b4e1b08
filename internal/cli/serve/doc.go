// Package serve is the command joltui broker: it runs a broker, checks whether one could
// start, asks one whether it answers, and makes password hashes for its configuration.
//
// The package may import broker and its metrics, connect to ask another broker, and what
// all commands need: exit, process, arg, secret. Begin reading with broker.go, the flags,
// then run.go; check.go is --check and --health.
package serve
