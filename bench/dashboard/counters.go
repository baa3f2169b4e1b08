package main

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// counters are what the last row of the dashboard says.
type counters struct{ received, shown, evicted, dropped uint64 }

// add up reports whether nothing is missing.
func (c counters) addUp() bool { return c.received == c.shown+c.evicted+c.dropped }

var counted = regexp.MustCompile(`^received ([\d,]+)  shown ([\d,]+)  evicted ([\d,]+)  dropped ([\d,]+) `)

// rowBytes is more than the last row takes with its colours.
const rowBytes = 2 << 10

// counterScan finds the counters in what a dashboard writes to its terminal.
type counterScan struct {
	tail   []byte // of what was written, from where no row was found yet
	latest counters
}

// write takes what comes next.
func (s *counterScan) write(p []byte) {
	s.tail = append(s.tail, p...)
	if at := bytes.LastIndex(s.tail, []byte("received ")); at >= 0 {
		row := s.tail[at:min(at+rowBytes, len(s.tail))]
		if m := counted.FindStringSubmatch(ansi.Strip(string(row))); m != nil {
			s.latest = counters{number(m[1]), number(m[2]), number(m[3]), number(m[4])}
			s.tail = s.tail[:0]
		}
	}
	if drop := len(s.tail) - rowBytes; drop > 0 {
		s.tail = s.tail[:copy(s.tail, s.tail[drop:])]
	}
}

func number(text string) uint64 {
	n, _ := strconv.ParseUint(strings.ReplaceAll(text, ",", ""), 10, 64) // the expression lets only digits through
	return n
}
