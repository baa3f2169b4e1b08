// Package figures writes the numbers of summaries, on the screen and in JSON, in the same
// way for all commands.
//
// The package may import human.
package figures
