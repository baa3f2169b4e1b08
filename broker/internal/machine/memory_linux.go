package machine

import (
	"bufio"
	"os"
	"strconv"
	"strings"
)

// Memory is how many bytes of memory there are for this process.
func Memory() int {
	least := unknown
	if total, ok := machineMemory("/proc/meminfo"); ok {
		least = total
	}
	// Version 2 of control groups, and version 1.
	for _, path := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		if limit, ok := number(path); ok {
			least = min(least, limit)
		}
	}
	return least
}

// number reads a file that holds one; "max" is none.
func number(path string) (int, bool) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, false
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(text)))
	return n, err == nil && n > 0
}

// machineMemory reads the first line of /proc/meminfo: "MemTotal:  24607808 kB".
func machineMemory(path string) (int, bool) {
	f, err := os.Open(path)
	if err != nil {
		return 0, false
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	if !lines.Scan() {
		return 0, false
	}
	fields := strings.Fields(lines.Text())
	if len(fields) < 2 {
		return 0, false
	}
	kb, err := strconv.Atoi(fields[1])
	return kb << 10, err == nil && kb > 0
}
