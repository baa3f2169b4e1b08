// Package cli has the commands of joltui. Flags, environment, profiles and exit codes meet
// here and only here; the commands hand values to the packages that do the work.
//
// It stands above all other packages and may import any that is not for tests. Begin
// reading with cli.go, then any command: each has a file of its own (pub.go, sub.go,
// bench.go, …), and the files of a larger one share its name as prefix. settings.go and
// connect.go are what the commands share.
package cli
