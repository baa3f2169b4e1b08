// Package inspect is the page that shows one message whole: as a JSON tree whose nodes
// fold, as raw text, or as hexadecimal bytes, each of which can be searched.
//
// A payload may be large, so rows are never counted: a layout finds each row from the one
// before it, and parsing and searching run as jobs beside the program. Begin reading with
// page.go, then layout.go; tree.go, raw.go and hex.go are the three layouts.
//
// It may import the internal packages, keys, kit and intent, but no other pane.
package inspect
