//go:build unix

package cli

import (
	"os"
	"os/signal"
	"syscall"
)

// notifyHangup has SIGHUP, which asks a broker to read its configuration again,
// sent to a channel.
func notifyHangup(to chan<- os.Signal) { signal.Notify(to, syscall.SIGHUP) }

// survivePipes lets writing to a log that nobody reads any more fail, where it would
// end the process with all connections.
func survivePipes() { signal.Ignore(syscall.SIGPIPE) }
