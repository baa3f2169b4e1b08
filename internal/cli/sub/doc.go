// Package sub has the commands that subscribe and print what comes: joltui sub, and joltui
// req, which asks a question first and ends with the answer.
//
// The package may import format, record, query and feed's filter, connect, complete,
// payload, and what all commands need: exit, process, arg, figures. Begin reading with
// sub.go, then printer.go, which takes what the client brings; req.go is joltui req.
package sub
