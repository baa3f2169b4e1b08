// Package columns shows JSON objects as a table: which fields are its columns, how wide they
// are, and the rows. It is what the stream and the pages about columns have in common; it
// draws parts of lines and knows no pane.
//
// It may import feed and kit. Begin reading with table.go; row.go reads a message, layout.go
// says where the columns are, draw.go draws them.
package columns
