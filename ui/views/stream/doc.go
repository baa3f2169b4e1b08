// Package stream is the pane that shows the messages of one topic or of all, follows the
// newest one, pauses, filters, searches and marks.
//
// It may import the internal packages, jolt, keys, kit and intent, but no other pane.
// Begin reading with pane.go; source.go says which rows there are, kept.go which of them
// the history no longer holds; view.go and grid.go draw them.
package stream
