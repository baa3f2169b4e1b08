package heed

import (
	"os"
	"os/signal"
	"slices"
)

// Heeded are those of some signals that were not ignored when the process began: under
// nohup SIGHUP, in the background of a script SIGINT. Those stay ignored. There are some
// left as long as SIGTERM is among them.
func Heeded(all ...os.Signal) []os.Signal {
	return slices.DeleteFunc(all, signal.Ignored)
}

// Notify has signals sent to a channel, but for those that stay ignored.
func Notify(to chan<- os.Signal, signals ...os.Signal) {
	if signals = Heeded(signals...); len(signals) > 0 { // none would mean all
		signal.Notify(to, signals...)
	}
}
