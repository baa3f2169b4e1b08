//go:build !unix

package cli

import "os"

// readerGone waits until done is closed: nothing tells whether somebody reads a pipe.
func readerGone(_ *os.File, done <-chan struct{}) bool {
	<-done
	return false
}
