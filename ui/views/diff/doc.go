// Package diff is the page that compares a message with the one before it on its topic:
// JSON field by field, other text line by line, a single line byte by byte.
//
// It may import the internal packages, keys, kit and intent, but no other pane. Begin
// reading with page.go; rows.go computes the difference, view.go draws it.
package diff
