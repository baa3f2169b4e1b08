// Package picker is the page on which the user chooses the columns of a table, with the table
// below as it would be.
//
// It may import feed, keys, kit and columns, but no other pane. Begin reading with page.go.
package picker
