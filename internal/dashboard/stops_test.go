package dashboard

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui"
)

// A stop is time that passes while no timer fires. Each that lasts is told once, and a
// busy machine is none.
func TestWatchStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var stopped atomic.Int64 // how long in all
		now := func() time.Time { return time.Now().Add(time.Duration(stopped.Load())) }
		var told []time.Duration
		go watchStops(ctx, now, func(msg tea.Msg) {
			s := msg.(ui.Stopped)
			told = append(told, s.To.Sub(s.From))
		})
		for _, d := range []time.Duration{0, time.Second, 12 * time.Second, 0, time.Hour} {
			synctest.Wait()
			stopped.Add(int64(d))
			time.Sleep(3 * stopCheck)
		}
		synctest.Wait()
		if len(told) != 2 || told[0] != 13*time.Second || told[1] != time.Hour+time.Second {
			t.Errorf("told %v", told)
		}
	})
}
