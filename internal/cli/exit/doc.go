// Package exit has the exit codes of joltui's commands, and errors that carry one: a
// script can tell by the code what kind of failure it was. An error without a code is
// [Failed].
//
// The package imports only the standard library. Begin reading with exit.go; reasons.go
// takes apart errors that join several.
package exit
