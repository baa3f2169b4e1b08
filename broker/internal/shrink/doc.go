// Package shrink is a map that gives memory back. It imports nothing
// of joltui.
package shrink
