package peer

import (
	"fmt"
	"os"
)

// Resident returns how many bytes of memory the process has, as proc(5) counts
// them.
func (r *Process) Resident() (int, error) {
	statm, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", r.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	return parseStatm(string(statm))
}

// parseStatm reads the second of the numbers: resident pages.
func parseStatm(statm string) (int, error) {
	var size, resident int
	if _, err := fmt.Sscan(statm, &size, &resident); err != nil {
		return 0, fmt.Errorf("statm %q: %w", statm, err)
	}
	return resident * os.Getpagesize(), nil
}
