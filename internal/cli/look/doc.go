// Package look has the flags that say how the dashboard looks, for every command that opens
// one, and checks the keys of a profile.
//
// The package may import arg, exit, config, dashboard and ui. It has one file, look.go.
package look
