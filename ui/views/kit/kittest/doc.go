// Package kittest is for the tests of panes: styles that show in the output, presses of
// keys, feeds with something in them, hostile and huge texts, and checks of the size of
// what was drawn and of golden files.
//
// No production code may import it; it may import what it likes. Begin reading with
// kittest.go; hostile.go has the feed that tries to break every row.
package kittest
