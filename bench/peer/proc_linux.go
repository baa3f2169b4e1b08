package peer

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// Resident returns how many bytes of memory the process has.
func (r *Process) Resident() (int, error) {
	statm, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", r.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	return parseStatm(string(statm))
}

// parseStatm reads the second of the numbers that proc(5) describes: resident
// pages.
func parseStatm(statm string) (int, error) {
	var size, resident int
	if _, err := fmt.Sscan(statm, &size, &resident); err != nil {
		return 0, fmt.Errorf("statm %q: %w", statm, err)
	}
	return resident * os.Getpagesize(), nil
}

// ProcessorTime returns how much the process has used so far, its own and the
// kernel's for it, in steps of 10 ms.
func (r *Process) ProcessorTime() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", r.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	return parseStat(string(stat))
}

// parseStat reads the 14th and the 15th of the fields that proc(5) describes:
// ticks in user mode and in kernel mode. The second field is a name in brackets
// that may hold anything.
func parseStat(stat string) (time.Duration, error) {
	const tick = time.Second / 100 // what Linux shows to programs, everywhere
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:])
	if len(fields) < 13 {
		return 0, fmt.Errorf("stat %q: too short", stat)
	}
	user, err := strconv.Atoi(fields[11])
	if err != nil {
		return 0, fmt.Errorf("stat %q: %w", stat, err)
	}
	kernel, err := strconv.Atoi(fields[12])
	if err != nil {
		return 0, fmt.Errorf("stat %q: %w", stat, err)
	}
	return time.Duration(user+kernel) * tick, nil
}
