// Package secret reads passwords: typed on a terminal without an echo, from the first line
// of stdin, or from a file that nobody else can read. What goes wrong never has the
// password in it.
//
// The package may import exit and process. Begin reading with secret.go.
package secret
