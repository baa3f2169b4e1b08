package main

import (
	"os/exec"
	"syscall"
)

// dieWithParent makes the kernel end the broker with this program, even if that
// is killed.
func dieWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
