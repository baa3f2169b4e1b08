//go:build unix

package heed

import (
	"os"
	"os/signal"
	"syscall"
)

// Continued tells when the process goes on after it was stopped.
func Continued(to chan<- os.Signal) { signal.Notify(to, syscall.SIGCONT) }
