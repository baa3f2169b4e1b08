// Package clipboard puts text on the clipboard of the user at the terminal: with a program
// of this machine if the user sits at this machine, else through the terminal itself, with
// the escape sequence OSC 52. It copies one text at a time, in bounded time.
//
// It imports no other package of this module. Begin reading with clipboard.go; system.go
// finds the programs.
package clipboard
