package clustertest

import (
	"os"
	"syscall"
	"testing"
	"time"

	"joltui/broker/cluster"
	"joltui/internal/load"
)

// Under load, for as long as JOLT_SOAK says, a node at a time is killed, told to stop or held for a
// second, the one that leads every other time: nothing is lost, comes twice or out of order, and no
// subscriber loses its connection. Publishers may, where an election takes long.
func TestDrills(t *testing.T) {
	length, err := time.ParseDuration(os.Getenv("JOLT_SOAK"))
	if err != nil {
		t.Skip("it takes as long as JOLT_SOAK says, which make soak sets")
	}
	all := nodes(t, 3)
	cfg := cluster.Config{URL: url(all), Storage: "file"}
	l := load.Defaults()
	l.Client.Dial = turns(gateway(t, cfg), gateway(t, cfg))
	l.Publishers, l.Subscribers, l.Topics = 4, 4, 5
	l.Rate, l.Window, l.Warmup, l.Duration, l.Grace, l.MaxOutage = 2000, 5000, 0, length, 20*time.Second, time.Minute
	over, ended := make(chan struct{}), make(chan int)
	go func() {
		faults := 0
		defer func() { ended <- faults }()
		for ; ; faults++ {
			select {
			case <-over:
				return
			case <-time.After(5 * time.Second):
			}
			current(t, cfg.URL) // one node at a time
			n := all[faults/2%3]
			if faults%2 == 0 {
				n = leaderOf(t, cfg.URL, all)
			}
			n.fault(t, faults%3)
		}
	}()
	r := run(t, l)
	close(over)
	d, o, faults := r.Deliveries, r.Outcomes, <-ended
	t.Logf("%d faults", faults)
	if d.Lost+d.Duplicates+d.Reordered > 0 || faults == 0 || r.Outages > l.Publishers*faults {
		t.Errorf("%+v, %+v, %d outages in %d faults", o, d, r.Outages, faults)
	}
}

// fault has something happen to a node, and waits until it is there again.
func (n *node) fault(t *testing.T, kind int) {
	switch kind {
	case 0:
		n.kill()
		time.Sleep(2 * time.Second)
		n.start()
	case 1:
		n.leave(t)
		n.kill()
		n.start()
	default:
		n.cmd.Process.Signal(syscall.SIGSTOP)
		time.Sleep(time.Second)
		n.cmd.Process.Signal(syscall.SIGCONT)
	}
}
