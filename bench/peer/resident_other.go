//go:build !linux

package peer

import "errors"

// Resident is known on Linux only.
func (r *Process) Resident() (int, error) {
	return 0, errors.New("the memory of another process is measured on Linux only")
}
