package main

import (
	"bufio"
	"fmt"
	"io"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"time"
)

// parseStat returns the processor time in a line of /proc/PID/stat: fields 14 and
// 15 of proc(5), in ticks of 10 ms. The second field is a name in brackets that
// may hold anything. What is no such line has used nothing.
func parseStat(stat string) time.Duration {
	const tick = time.Second / 100
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:])
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	kernel, _ := strconv.Atoi(fields[12])
	return time.Duration(user+kernel) * tick
}

// parseStatm returns the resident bytes in /proc/PID/statm, the second number.
func parseStatm(statm string) int {
	var size, resident int
	if _, err := fmt.Sscan(statm, &size, &resident); err != nil {
		return 0
	}
	return resident * os.Getpagesize()
}

// sendQueue returns how many bytes the kernel keeps for the peer at one end of a
// connection, and whether that end is open. Nothing has to be read for that.
func sendQueue(local, remote netip.AddrPort) (bytes int, open bool) {
	f, err := os.Open("/proc/net/tcp")
	if err != nil {
		return 0, false
	}
	defer f.Close()
	return findSendQueue(f, local, remote)
}

// findSendQueue looks for a line of /proc/net/tcp: "sl local remote state
// sent:received …", where state 01 is an open connection.
func findSendQueue(table io.Reader, local, remote netip.AddrPort) (bytes int, open bool) {
	from, to := kernelAddr(local), kernelAddr(remote)
	lines := bufio.NewScanner(table)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 5 || fields[1] != from || fields[2] != to {
			continue
		}
		sent, _, _ := strings.Cut(fields[4], ":")
		n, err := strconv.ParseInt(sent, 16, 64)
		return int(n), err == nil && fields[3] == "01"
	}
	return 0, false
}

// kernelAddr writes an IPv4 address as the kernel of a little-endian machine does.
func kernelAddr(a netip.AddrPort) string {
	b := a.Addr().Unmap().As4()
	return fmt.Sprintf("%02X%02X%02X%02X:%04X", b[3], b[2], b[1], b[0], a.Port())
}
