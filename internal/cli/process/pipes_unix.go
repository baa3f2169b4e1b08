//go:build unix

package process

import (
	"os"
	"os/signal"
	"syscall"
)

// SurvivePipes lets writing to a pipe that nobody reads any more fail, where it would
// end the process: a broker with all its connections, other commands before they have
// said why. The signal is not ignored, since programs that joltui starts would do so too.
func SurvivePipes() { signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) }
