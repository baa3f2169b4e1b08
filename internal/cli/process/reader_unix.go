//go:build unix

package process

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// ReaderGone waits until nobody reads any more what is written to f, a pipe, and returns
// true; false once done is closed.
func ReaderGone(f *os.File, done <-chan struct{}) bool {
	for {
		fds := []unix.PollFd{{Fd: int32(f.Fd())}}
		n, err := unix.Poll(fds, int(time.Second.Milliseconds()))
		select {
		case <-done:
			return false
		default:
		}
		if err == nil && n > 0 && fds[0].Revents&(unix.POLLERR|unix.POLLHUP) != 0 {
			return true
		}
		if err != nil && err != unix.EINTR || n > 0 {
			<-done
			return false
		}
	}
}
