// Package connect takes a command to its broker. A [Connection] has the flags that say
// where to connect and as whom; each gets its value from the command line, the environment,
// a profile or the top of the configuration file, in this order, and remembers which of them
// it was. It finds the password, connects, waits for a broker that is not there yet, and
// words why there is no connection, with the exit code for it.
//
// The package may import exit, process, arg, secret, config and jolt. Begin reading with
// connect.go; settings.go and variables.go are where values come from, dial.go connects.
package connect
