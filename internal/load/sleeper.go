package load

import (
	"context"
	"time"
)

// sleeper lets one publisher sleep for a short while, as exactly as it can.
type sleeper interface {
	// Sleep returns after a duration.
	Sleep(time.Duration)
	// Close releases what the sleeper holds.
	Close() error
}

// runtimeSleeper sleeps with time.Sleep.
type runtimeSleeper struct{}

// Sleep implements sleeper.
func (runtimeSleeper) Sleep(d time.Duration) { time.Sleep(d) }

// Close implements sleeper.
func (runtimeSleeper) Close() error { return nil }

// coarse is how long before its end a sleep is left to the sleeper: the runtime's timers may
// be a bit more than a millisecond late.
const coarse = 2 * time.Millisecond

// sleepUntil returns at t, or when ctx ends; the end of ctx is not seen in the last 2 ms.
func sleepUntil(ctx context.Context, s sleeper, t time.Time) {
	if d := time.Until(t) - coarse; d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			return
		}
	}
	if d := time.Until(t); d > 0 {
		s.Sleep(d)
	}
}
