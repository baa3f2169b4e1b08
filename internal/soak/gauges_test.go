package soak

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"testing"
)

// gauge is what the process holds while every client is up.
type gauge struct{ heap, goroutines, descriptors int }

func (g gauge) String() string {
	return fmt.Sprintf("%d KB heap, %d goroutines, %d descriptors", g.heap>>10, g.goroutines, g.descriptors)
}

func readGauge(t *testing.T) gauge {
	t.Helper()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	g := gauge{heap: int(m.HeapAlloc), goroutines: runtime.NumGoroutine()}
	if fds, err := os.ReadDir("/proc/self/fd"); err == nil { // Linux
		g.descriptors = len(fds)
	} else if runtime.GOOS == "linux" {
		t.Fatal(err)
	}
	return g
}

// expectFlat compares the first quarter of the gauges with the last, by their
// medians: a fault before may have left something that is about to end.
func (s *soak) expectFlat() {
	s.t.Helper()
	quarter := max(1, len(s.gauges)/4)
	s.expectAsBefore(s.gauges[:quarter], s.gauges[len(s.gauges)-quarter:])
}

func (s *soak) expectAsBefore(first, last []gauge) {
	s.t.Helper()
	for _, of := range []struct {
		name  string
		value func(gauge) int
		slack int
	}{
		{"bytes of heap", func(g gauge) int { return g.heap }, 2 << 20},
		{"goroutines", func(g gauge) int { return g.goroutines }, 8},
		{"descriptors", func(g gauge) int { return g.descriptors }, 4},
	} {
		before, after := median(first, of.value), median(last, of.value)
		if after > before+before/10+of.slack {
			s.t.Errorf("%s grew from %d to %d", of.name, before, after)
		}
	}
}

func median(gauges []gauge, value func(gauge) int) int {
	var all []int
	for _, g := range gauges {
		all = append(all, value(g))
	}
	slices.Sort(all)
	return all[len(all)/2]
}
