// Package cli is the tree of joltui's commands. [Main] runs the one that is named, and makes
// a line on stderr and an exit code of what went wrong. The dashboard and the small commands
// are here, a file each, and so is what concerns the tree as a whole: help, completion,
// words that are no command. The larger commands are packages below it: sub, pub, replay,
// bench, serve, list. What commands share is in exit, process, arg, secret, connect,
// complete, look, payload and figures.
//
// It stands above all other packages and may import any that is not for tests. Begin
// reading with cli.go, then watch.go, the dashboard, or any other command.
package cli
