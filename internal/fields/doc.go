// Package fields finds the names and values in a text that begins as JSON does, such as the
// part of a payload that fits in a row, and tells which values differ from those of another
// text. It keeps no tree: a row is drawn, and forgotten, thousands of times a second.
//
// It imports the standard library only. Begin reading with scan.go.
package fields
