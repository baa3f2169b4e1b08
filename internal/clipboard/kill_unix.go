//go:build unix

package clipboard

import (
	"os/exec"
	"syscall"
)

// killAll makes the end of the command's context kill the program and its children.
func killAll(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
