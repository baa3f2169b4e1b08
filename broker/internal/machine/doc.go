// Package machine knows what the machine, or the container, has. It imports nothing
// of joltui.
package machine
