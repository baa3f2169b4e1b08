// Package episodes logs what comes in crowds. It imports nothing
// of joltui.
package episodes
