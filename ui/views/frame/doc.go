// Package frame draws what surrounds the panes: the header and the footer ([Status]), and
// what stands in for everything in a window that is too small ([Tiny]). It also words what
// the header shows: a recording that is being made, and a recording that is played. The
// questions asked about both are here as well.
//
// It may import the internal packages, jolt, kit and repeats, but no pane. Begin reading
// with header.go.
package frame
