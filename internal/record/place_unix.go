//go:build unix

package record

import (
	"os"
	"syscall"
)

// deleted reports whether a file that is open has no name any more.
func deleted(f *os.File) bool {
	info, err := f.Stat()
	if err != nil {
		return false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && stat.Nlink == 0
}
