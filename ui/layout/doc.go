// Package layout divides the window: from its size, the kind of layout, the splits and the
// focus ([Options]) it computes a rectangle for each region ([Layout]). It is pure: the
// same arguments always give the same rectangles.
//
// It may import human and kit. Everything is in layout.go; begin with New.
package layout
