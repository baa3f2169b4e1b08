package dashboard

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui"
)

const (
	stopCheck = time.Second
	// stopTold is the shortest stop that is told. A busy machine may well keep a
	// process waiting for a second, and nothing is lost in so short a time.
	stopTold = 3 * time.Second
)

// watchStops tells when the process did not run for a while, until ctx ends: then a tick
// is late by as much. Setting the clock is no stop, and the sleep of a machine is none
// where its clock for durations, that of now, sleeps as well.
func watchStops(ctx context.Context, now func() time.Time, told func(tea.Msg)) {
	ticks := time.NewTicker(stopCheck)
	defer ticks.Stop()
	last := now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
		at := now()
		if at.Sub(last) >= stopTold {
			told(ui.Stopped{From: last, To: at})
		}
		last = at
	}
}
