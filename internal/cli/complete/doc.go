// Package complete tells a shell how a word on the command line can go on: topics of the
// configuration and of earlier runs, names of profiles, values of flags. A shell is told
// nothing of a configuration that is wrong.
//
// The package may import arg, config and dashboard. It has one file, complete.go.
package complete
