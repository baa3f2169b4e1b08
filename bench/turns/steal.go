package turns

import (
	"bufio"
	"os"
	"strconv"
	"strings"
)

// steal is how much processor time there was so far, and how much of it the
// host gave to others, in ticks since boot. Where there is no /proc/stat, both
// stay 0.
type steal struct{ all, stolen uint64 }

func readSteal() steal {
	f, err := os.Open("/proc/stat")
	if err != nil {
		return steal{}
	}
	defer f.Close()
	line, _ := bufio.NewReader(f).ReadString('\n')
	return parseSteal(line)
}

// parseSteal reads the line "cpu user nice system idle iowait irq softirq steal
// guest guest_nice" of proc(5). Guest time is part of user time.
func parseSteal(line string) steal {
	fields := strings.Fields(line)
	if len(fields) < 9 || fields[0] != "cpu" {
		return steal{}
	}
	var s steal
	for i, field := range fields[1:9] {
		n, err := strconv.ParseUint(field, 10, 64)
		if err != nil {
			return steal{}
		}
		s.all += n
		if i == 7 {
			s.stolen = n
		}
	}
	return s
}

func (s steal) since(before steal) float64 {
	if s.all <= before.all {
		return 0
	}
	return float64(s.stolen-before.stolen) / float64(s.all-before.all)
}
