// Package query evaluates jq expressions over the payloads of messages, with
// github.com/itchyny/gojq.
//
// An expression only reads: it sees one payload, no file, no environment and no
// other payload, and what it may take is bounded in steps, not in time, so that
// it gives the same answer on any machine. An expression that runs away is an
// error. What is not bounded is the time of one built-in function on a large
// value that the expression itself has built.
//
// The package may import printable. Begin reading with query.go; parse.go refuses what has no
// bound, bounds.go counts steps.
package query
