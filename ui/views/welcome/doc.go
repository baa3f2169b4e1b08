// Package welcome is what stands in place of a stream while there is nothing to stream: it
// says how the connection stands and what to do next.
//
// It may import the internal packages, jolt and kit, but no other pane. Everything is in
// pane.go.
package welcome
