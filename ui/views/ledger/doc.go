// Package ledger is the log: a row for each request with its outcome and latency, beside
// the changes of the connection, gaps and alerts. [Details] shows all that is known of one
// row.
//
// It may import the internal packages, jolt, keys, kit, intent and repeats, but no other
// pane. Begin reading with pane.go; describe.go turns an entry of the feed's log into
// words, details.go is the page of one row.
package ledger
