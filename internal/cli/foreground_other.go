//go:build !unix

package cli

import "os"

// hungUp reports whether a terminal is gone, where that can be told.
func hungUp(*os.File) bool { return false }

// readerGone waits until done is closed: nothing tells whether somebody reads a pipe.
func readerGone(_ *os.File, done <-chan struct{}) bool {
	<-done
	return false
}
