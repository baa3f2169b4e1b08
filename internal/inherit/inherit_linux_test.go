package inherit

import (
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func TestNothingIsInherited(t *testing.T) {
	fd, err := unix.EpollCreate1(0) // as cancelreader does
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(fd)
	list := func() string {
		out, err := exec.Command("ls", "-l", "/proc/self/fd").CombinedOutput()
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	if !strings.Contains(list(), "eventpoll") {
		t.Fatal("it is not inherited, so this test would see nothing")
	}
	Nothing()
	if got := list(); strings.Contains(got, "eventpoll") {
		t.Errorf("it is inherited: %s", got)
	}
}
