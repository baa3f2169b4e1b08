// Package trace keeps the lines that went over a connection, for whoever wants to see them
// as they were. Begin reading with trace.go; line.go says what a line is.
package trace
