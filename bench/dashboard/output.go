package main

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"
)

// output tells how much the dashboard writes under a flood to terminals of
// different speed, what is lost, and how soon keys are answered.
func output(o options) error {
	c := newChunk(plain)
	fmt.Fprintf(o.out, "what goes to the terminal under the flood, for %s each\n", o.flood)
	t := tabwriter.NewWriter(o.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "terminal reads\twritten\tmessages/s\tdropped\tkey p50\tkey most\tresident\t")
	for _, terminal := range []struct {
		name           string
		bytesPerSecond int
	}{{"all", 0}, {"1 MB/s", 1e6}, {"100 kB/s", 1e5}} {
		m, err := o.outputOnce(c, terminal.bytesPerSecond)
		if err != nil {
			return err
		}
		fmt.Fprintf(t, "%s\t%.0f kB/s\t%.2f M\t%.1f %%\t%.0f ms\t%.0f ms\t%.0f MiB\t\n", terminal.name,
			m.bytes/1e3, m.messages/1e6, 100*m.dropped, m.keys.at(0.5), m.keys.at(1), m.resident)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(o.out)
	return err
}

type outputFigures struct {
	bytes, messages float64 // a second
	dropped         float64 // share of the messages
	keys            latencies
	resident        float64
}

func (o options) outputOnce(c chunk, limit int) (m outputFigures, err error) {
	d, err := o.openDashboard()
	if err != nil {
		return m, err
	}
	defer d.close()
	d.slowDown(limit)
	ctx, cancel := context.WithTimeout(context.Background(), o.flood)
	defer cancel()
	ended := make(chan error, 1)
	var sent uint64
	begin := time.Now()
	go func() {
		var err error
		sent, err = d.unlimited(ctx, c)
		ended <- err
	}()
	before := d.written()
	for open := false; ctx.Err() == nil; open = !open {
		key, text := "?", "ctrl+z"
		if open {
			key, text = "q", "all topics"
		}
		took, err := d.press(key, text)
		if err != nil {
			return m, err
		}
		m.keys.add(took)
		time.Sleep(100 * time.Millisecond)
	}
	seconds := time.Since(begin).Seconds()
	m.bytes = float64(d.written()-before) / seconds
	if err := <-ended; err != nil {
		return m, err
	}
	m.messages = float64(sent) / seconds
	if m.resident, err = resident(d.cmd.Process.Pid); err != nil {
		return m, err
	}
	d.slowDown(0)
	if len(m.keys.ms)%2 == 1 {
		d.press("q", "all topics")
	}
	got, _, err := d.received(sent)
	if err == nil && (got.received != sent || !got.addUp()) {
		err = fmt.Errorf("%d messages were sent, and the screen shows %+v", sent, got)
	}
	m.dropped = float64(got.dropped) / float64(sent)
	return m, err
}
