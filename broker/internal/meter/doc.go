// Package meter bounds how often something is done in a second, for each who does it. It imports nothing
// of joltui.
package meter
