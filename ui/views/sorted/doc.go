// Package sorted is the page that shows the messages of a stream, as it was when the page was
// opened, as a table: sorted by a column, or grouped by its values.
//
// It may import feed, keys, intent, kit and columns, but no other pane. Begin reading with
// page.go; order.go sorts.
package sorted
