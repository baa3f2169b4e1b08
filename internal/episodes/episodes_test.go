package episodes

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// What comes in crowds is logged at its beginning, once a minute with a count, and at
// the end.
func TestEpisodes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		e := New(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{ReplaceAttr: withoutTime})))
		for n := range 1000 {
			e.Warn("a", "refused", "n", n)
		}
		e.Warn("b", "refused", "n", "other")
		time.Sleep(episodeLasts)
		synctest.Wait()
		time.Sleep(episodeLasts) // without any: the episode is over
		synctest.Wait()
		e.Warn("a", "refused", "n", "again")
		e.Warn("a", "refused", "n", "last")
		e.End()
		e.End()
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
		e := New(slog.New(slog.NewTextHandler(&log, nil)))
		for n := range 2 * mostEpisodes {
			e.Warn(fmt.Sprint(n), "refused")
		}
		if got := strings.Count(log.String(), "\n"); got != mostEpisodes+1 || len(e.kinds) != mostEpisodes+1 {
			t.Errorf("%d lines and %d kinds, want %d", got, len(e.kinds), mostEpisodes+1)
		}
		e.End()
	})
}
