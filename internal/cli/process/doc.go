// Package process is what a command sees of the process around it: streams, environment
// and keyring ([Env]), a stdout that keeps the first write which failed, the signals and
// the time that end a command, the line of a terminal that shows progress, and the version
// of the program. A test makes an Env of its own, so that no command has to ask the system.
//
// The package may import exit, dashboard, whose terminal is made of an Env, and heed. Begin
// reading with env.go.
package process
