package main

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"
)

// memory tells how much memory the dashboard has during a long flood.
func memory(o options) error {
	d, err := o.openDashboard()
	if err != nil {
		return err
	}
	defer d.close()
	ctx, cancel := context.WithTimeout(context.Background(), o.memory)
	defer cancel()
	ended := make(chan error, 1)
	var sent uint64
	go func() {
		var err error
		sent, err = d.unlimited(ctx, newChunk(plain))
		ended <- err
	}()
	// The flood in ten parts: what was most resident in each.
	var most [10]float64
	begin := time.Now()
	for ctx.Err() == nil {
		m, err := resident(d.cmd.Process.Pid)
		if err != nil {
			return err
		}
		part := min(int(time.Since(begin)*time.Duration(len(most))/o.memory), len(most)-1)
		most[part] = max(most[part], m)
		time.Sleep(20 * time.Millisecond)
	}
	if err := <-ended; err != nil {
		return err
	}
	got, _, err := d.received(sent)
	if err != nil {
		return err
	}
	fmt.Fprintf(o.out, "resident memory in a flood of %s, the most in each tenth of it, in MiB (aim ≤ 61, 64 MB)\n", o.memory)
	t := tabwriter.NewWriter(o.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, m := range most {
		fmt.Fprintf(t, "%.0f\t", m)
	}
	fmt.Fprintln(t)
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(o.out, "%d messages were sent, %d received = %d shown + %d evicted + %d dropped\n\n",
		sent, got.received, got.shown, got.evicted, got.dropped)
	if got.received != sent || !got.addUp() {
		return fmt.Errorf("the counters are not those of the %d messages that were sent: %+v", sent, got)
	}
	return nil
}
