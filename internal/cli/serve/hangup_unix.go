//go:build unix

package serve

import (
	"os"
	"os/signal"
	"syscall"
)

// notifyHangup has SIGHUP, which asks a broker to read its configuration again,
// sent to a channel.
func notifyHangup(to chan<- os.Signal) { signal.Notify(to, syscall.SIGHUP) }
