package inherit

import (
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"
)

// Nothing has programs that are started from now on inherit no descriptor of what reads
// the keys: muesli/cancelreader (v0.2.2) opens one that is inherited. All else that Go
// opens is not, and what this process has inherited itself is passed on.
func Nothing() {
	const folder = "/proc/self/fd"
	list, _ := os.ReadDir(folder) // without it there is nothing to be found
	for _, entry := range list {
		target, _ := os.Readlink(filepath.Join(folder, entry.Name()))
		if fd, err := strconv.Atoi(entry.Name()); err == nil && target == "anon_inode:[eventpoll]" {
			unix.CloseOnExec(fd)
		}
	}
}
