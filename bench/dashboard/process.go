package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// processorTime is how long a process has run so far, in user and system mode, to
// the nanosecond: /proc/PID/stat counts in ticks of 10 ms, of which an idle program
// takes ten in ten seconds.
func processorTime(pid int) (time.Duration, error) {
	// As clock_getcpuclockid(3) does it: the complement of the process, and 2 for
	// the time that it was scheduled.
	clock := int32(^pid)<<3 | 2
	var t unix.Timespec
	if err := unix.ClockGettime(clock, &t); err != nil {
		return 0, fmt.Errorf("processor time of process %d: %w", pid, err)
	}
	return time.Duration(t.Nano()), nil
}

// resident is how much memory a process has, in MiB.
func resident(pid int) (float64, error) {
	statm, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(statm))
	if len(fields) < 2 {
		return 0, fmt.Errorf("/proc/%d/statm makes no sense: %q", pid, statm)
	}
	pages, err := strconv.Atoi(fields[1])
	if err != nil {
		return 0, fmt.Errorf("/proc/%d/statm makes no sense: %q", pid, statm)
	}
	return float64(pages*os.Getpagesize()) / (1 << 20), nil
}
