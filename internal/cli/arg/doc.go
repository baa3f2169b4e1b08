// Package arg reads the flags and arguments that several commands have, so that they mean
// the same in all of them: hosts, files, counts, rates, sizes and zones, the words that
// explain them, and what is wrong with one that cannot be read.
//
// The package may import exit and packages that know what a value is: config, human,
// suggest. Begin reading with values.go; values_error.go words mistakes, arguments.go is for
// commands that take no arguments.
package arg
