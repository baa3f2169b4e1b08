//go:build !linux

package peer

import (
	"errors"
	"time"
)

var errOnlyLinux = errors.New("what another process uses can be measured on Linux only")

// Resident is known on Linux only.
func (r *Process) Resident() (int, error) { return 0, errOnlyLinux }

// ProcessorTime is known on Linux only.
func (r *Process) ProcessorTime() (time.Duration, error) { return 0, errOnlyLinux }
