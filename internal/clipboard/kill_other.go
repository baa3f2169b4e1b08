//go:build !unix && !windows

package clipboard

import "os/exec"

// killAll leaves it at the program itself.
func killAll(*exec.Cmd) {}
