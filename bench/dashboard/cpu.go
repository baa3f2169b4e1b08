package main

import (
	"context"
	"time"

	"joltui/bench/turns"
)

// processor compares the processor time of the dashboard with that of the empty
// program, which Bubble Tea wakes up 60 times a second.
func processor(o options) error {
	result, err := turns.Comparison{
		Title: "processor time",
		Unit:  "% of a core",
		Sides: []turns.Side{
			{Name: "empty program", Measure: func() (float64, error) {
				t, err := o.openEmpty()
				if err != nil {
					return 0, err
				}
				defer t.close()
				return t.load(o.idle)
			}},
			{Name: "idle dashboard", Measure: func() (float64, error) { return o.loadAt(0) }},
			{Name: "1,000 messages/s", Measure: func() (float64, error) { return o.loadAt(1000) }},
		},
		Aims: map[string]string{"idle dashboard": "≤ 1.2", "1,000 messages/s": "≤ 20 %"},
	}.Run(o.rounds)
	if err != nil {
		return err
	}
	return result.Print(o.out)
}

// loadAt is the load of a dashboard that gets so many messages a second, whose
// stream follows them.
func (o options) loadAt(perSecond int) (float64, error) {
	d, err := o.openDashboard()
	if err != nil {
		return 0, err
	}
	defer d.close()
	if perSecond == 0 {
		return d.load(o.idle)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- d.steady(ctx, perSecond) }()
	load, err := d.load(o.idle)
	cancel()
	if err != nil {
		return 0, err
	}
	return load, <-ended
}

// load is the processor time of a program in percent of a core. What it does in
// its first second is not counted.
func (t *terminal) load(during time.Duration) (float64, error) {
	time.Sleep(time.Second)
	before, err := processorTime(t.cmd.Process.Pid)
	if err != nil {
		return 0, err
	}
	begin := time.Now()
	time.Sleep(during)
	after, err := processorTime(t.cmd.Process.Pid)
	return 100 * (after - before).Seconds() / time.Since(begin).Seconds(), err
}
