// Package feed is what joltui remembers: topics with their bounded histories
// and rates, what a filter has found and what is marked, which outlive these, the
// state of the connection, the ledger of requests, and counters that stay exact
// where bodies are no longer held.
//
// A [Feed] takes the events of a jolt client in wire order. It has no clock
// (times come with the events and with [Feed.Tick]), does no I/O, and belongs
// to one goroutine.
//
// Text in topics, payloads and errors is kept as the broker sent it. It is not
// safe for a terminal; package printable makes it so.
//
// It may import jolt, whose events it takes, and the internal packages below it, but neither
// record nor ui. Begin reading with feed.go, then history.go, finds.go and log.go.
package feed
