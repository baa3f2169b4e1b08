package peer

import (
	"os/exec"
	"syscall"
)

// dieWithParent makes the kernel end the process with the one that starts it,
// even if that is killed.
func dieWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
