package broker

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
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

// What comes in crowds is logged at its beginning, once a minute with a count, and at
// the end.
func TestEpisodes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		e := newEpisodes(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{ReplaceAttr: withoutTime})))
		for n := range 1000 {
			e.warn("a", "refused", "n", n)
		}
		e.warn("b", "refused", "n", "other")
		time.Sleep(episodeLasts)
		synctest.Wait()
		time.Sleep(episodeLasts) // without any: the episode is over
		synctest.Wait()
		e.warn("a", "refused", "n", "again")
		e.warn("a", "refused", "n", "last")
		e.end()
		e.end()
		want := `level=WARN msg=refused n=0
level=WARN msg=refused n=other
level=WARN msg=refused n=999 more=999
level=WARN msg=refused n=again
level=WARN msg=refused n=last more=1
`
		if got := log.String(); got != want {
			t.Errorf("got\n%swant\n%s", got, want)
		}
	})
}

func withoutTime(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}

// Strangers can make up kinds of what is logged; they are bounded.
func TestEpisodesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		e := newEpisodes(slog.New(slog.NewTextHandler(&log, nil)))
		for n := range 2 * mostEpisodes {
			e.warn(fmt.Sprint(n), "refused")
		}
		if got := strings.Count(log.String(), "\n"); got != mostEpisodes+1 || len(e.kinds) != mostEpisodes+1 {
			t.Errorf("%d lines and %d kinds, want %d", got, len(e.kinds), mostEpisodes+1)
		}
		e.end()
	})
}
