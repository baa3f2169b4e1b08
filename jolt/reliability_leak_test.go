package jolt_test

import (
	"os"
	"runtime"
	"testing"
	"time"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/jolt"
)

// descriptors counts this process's open files; -1 where /proc does not tell.
func descriptors() int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return -1
	}
	return len(entries)
}

// Promise 9 of reliability: 1,000 connect/close cycles leak no goroutine and no
// descriptor, and Close returns within 5 s.
func TestThousandCycles(t *testing.T) {
	const cycles = 1000
	addr := brokertest.Start(t, broker.Config{}).Addr
	refused := brokertest.Start(t, broker.Config{})
	refused.Stop()
	var slowest time.Duration
	cycle := func(i int) {
		cfg := jolt.Config{Addr: addr, Topics: []string{"a"}}
		if i%10 == 9 { // nobody is there
			cfg.Addr, cfg.NoReconnect = refused.Addr, true
		}
		c, err := jolt.New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		switch i % 3 { // closed in the middle of connecting, or up, or used
		case 1:
			c.Ping(t.Context())
		case 2:
			for deadline := time.Now().Add(patience); cfg.Addr == addr && !c.IsConnected(); {
				if runtime.Gosched(); time.Now().After(deadline) {
					t.Fatal("not connected")
				}
			}
			c.Ping(t.Context())
		}
		begin := time.Now()
		c.Close()
		slowest = max(slowest, time.Since(begin))
	}
	cycle(2) // what is made once is no leak
	settled(t, -1, -1)
	goroutines, files := runtime.NumGoroutine(), descriptors()
	for i := range cycles {
		cycle(i)
	}
	settled(t, goroutines, files)
	t.Logf("%d goroutines and %d descriptors before; the slowest Close took %s", goroutines, files, slowest)
	if slowest > 5*time.Second {
		t.Errorf("Close took %s", slowest)
	}
}

// settled waits until there are no more goroutines and descriptors than given;
// negative numbers ask that they stay the same for a moment. The broker closes
// its ends a little later than the clients theirs.
func settled(t *testing.T, goroutines, files int) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline, last := time.Now().Add(patience), -2; ; <-tick.C {
		g, f := runtime.NumGoroutine(), descriptors()
		if goroutines >= 0 && g <= goroutines && f <= files || goroutines < 0 && g == last {
			return
		}
		if last = g; time.Now().After(deadline) {
			t.Fatalf("%d goroutines and %d descriptors; want %d and %d", g, f, goroutines, files)
		}
	}
}
