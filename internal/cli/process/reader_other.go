//go:build !unix

package process

import "os"

// ReaderGone waits until done is closed: nothing tells whether somebody reads a pipe.
func ReaderGone(_ *os.File, done <-chan struct{}) bool {
	<-done
	return false
}
