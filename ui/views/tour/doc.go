// Package tour draws the short tour of the demo: a few rows above the footer, which say what
// is on the screen and which key to press next.
//
// It may import kit, but no other pane. Begin reading with tour.go; package ui decides when
// the next step has come.
package tour
