// Package watches is the page of watched fields: a table of all of them, and a chart of
// the selected one over time.
//
// It may import the internal packages, keys, kit and intent, but no other pane. Begin
// reading with page.go; table.go and chart.go draw the two parts.
package watches
