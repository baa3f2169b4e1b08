package broker

import (
	"testing"
	"testing/synctest"
	"time"
)

// One who sends nothing for too long is told, where that is bounded; pings are enough.
func TestIdleTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{Limits: Limits{IdleTimeout: time.Minute}})
		silent, alive := ln.dial(t), ln.dial(t)
		time.Sleep(59 * time.Second)
		for _, c := range []*client{silent, alive} {
			c.ask(`{"op":"ping"}`, ok)
		}
		start := time.Now()
		time.Sleep(59 * time.Second)
		alive.ask(`{"op":"ping"}`, ok)
		silent.expect(failed("idle_timeout: nothing was sent for 1m0s"))
		silent.expectEnd()
		if got := time.Since(start); got != time.Minute {
			t.Errorf("closed after %v", got)
		}
		r.cancel()
		alive.expect(failed("shutting_down: the broker is shutting down"))
	})
}
