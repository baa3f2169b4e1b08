package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"joltui/bench/turns"
)

// keys compares how long a key takes to show under a flood and without one.
func keys(o options) error {
	c := newChunk(plain)
	idle, flooded := new(latencies), new(latencies)
	result, err := turns.Comparison{
		Title: "from a key to what it does on the screen, p99",
		Unit:  "ms",
		Sides: []turns.Side{
			{Name: "idle", Measure: func() (float64, error) { return o.keysOnce(idle, chunk{}) }},
			{Name: "under the flood", Measure: func() (float64, error) { return o.keysOnce(flooded, c) }},
		},
		Aims: map[string]string{"under the flood": "≤ 1.5"},
	}.Run(o.rounds)
	if err != nil {
		return err
	}
	if err := result.Print(o.out); err != nil {
		return err
	}
	for i, all := range []*latencies{idle, flooded} {
		fmt.Fprintf(o.out, "%s: p50 %.1f ms, p99 %.1f ms, most %.1f ms of %d keys\n",
			result.Sides[i].Name, all.at(0.5), all.at(0.99), all.at(1), len(all.ms))
	}
	_, err = fmt.Fprintln(o.out)
	return err
}

// keysPerRound makes each p99 the second slowest.
const keysPerRound = 200

// keysOnce opens and closes the help again and again. A chunk without messages
// is no flood.
func (o options) keysOnce(all *latencies, c chunk) (p99 float64, err error) {
	d, err := o.openDashboard()
	if err != nil {
		return 0, err
	}
	defer d.close()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		if c.messages == 0 {
			ended <- nil
			return
		}
		_, err := d.unlimited(ctx, c)
		ended <- err
	}()
	time.Sleep(time.Second) // the histories fill up
	var here latencies
	for n := range keysPerRound {
		// Each text is on one of the two pages only.
		key, text := "?", "ctrl+z"
		if n%2 == 1 {
			key, text = "q", "all topics"
		}
		time.Sleep(time.Duration(5+rand.IntN(20)) * time.Millisecond) // at any point of a frame
		took, err := d.press(key, text)
		if err != nil {
			cancel()
			return 0, err
		}
		here.add(took)
		all.add(took)
	}
	cancel()
	return here.at(0.99), <-ended
}

// latencies are times in milliseconds.
type latencies struct{ ms []float64 }

func (l *latencies) add(d time.Duration) { l.ms = append(l.ms, float64(d)/float64(time.Millisecond)) }

// at is the quantile q, from 0 to 1.
func (l *latencies) at(q float64) float64 {
	sorted := slices.Sorted(slices.Values(l.ms))
	return sorted[max(int(math.Ceil(q*float64(len(sorted))))-1, 0)]
}
