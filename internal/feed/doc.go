// Package feed is what joltui remembers: topics with their bounded histories
// and rates, the state of the connection, the ledger of requests, and counters
// that stay exact where bodies are no longer held.
//
// A [Feed] takes the events of a jolt client in wire order. It has no clock
// (times come with the events and with [Feed.Tick]), does no I/O, and belongs
// to one goroutine.
//
// Text in topics, payloads and errors is kept as the broker sent it. It is not
// safe for a terminal; package printable makes it so.
package feed
