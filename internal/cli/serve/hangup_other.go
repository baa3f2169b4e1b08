//go:build !unix

package serve

import "os"

// notifyHangup does nothing where there is no SIGHUP to send.
func notifyHangup(chan<- os.Signal) {}
