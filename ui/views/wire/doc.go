// Package wire is the page that shows the lines that go over the connection, both ways,
// for those who debug a client or a broker.
//
// It may import the internal packages, jolt, keys, kit and intent, but no other pane.
// Begin reading with page.go; rows.go says which lines are shown, view.go draws them.
package wire
