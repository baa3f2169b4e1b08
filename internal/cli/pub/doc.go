// Package pub is the command joltui pub: it publishes messages, waits for every
// acknowledgement, and says what became of them.
//
// The package may import publisher, payload, connect, complete, and what all commands need:
// exit, process, arg, figures. Begin reading with pub.go; report.go tells how it ended.
package pub
