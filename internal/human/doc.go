// Package human says numbers, sizes, times and causes in words: the same on the screen
// and in a shell. It knows the errors of jolt, and nothing of views or commands.
//
// words.go has numbers and times, cause.go why something failed, and signs.go how a
// request ended.
//
// It may import jolt and printable.
package human
