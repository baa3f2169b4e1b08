package sub

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// The table on a terminal is kept in its place, fits into it, and is taken away.
func TestReportOnATerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		topics := []string{"a", "b\x1b[31m", "c", "d", "e", "f"}
		r := newReport(time.Now(), topics)
		ticks, done, ended := make(chan time.Time), make(chan struct{}), make(chan struct{})
		go func() {
			defer close(ended)
			r.show(&out, func() (int, int) { return 60, 6 }, ticks, done)
		}()
		for range 10 {
			r.add("a", 5)
		}
		time.Sleep(2 * time.Second)
		ticks <- time.Now()
		synctest.Wait()
		first := out.String()
		if !strings.Contains(first, "10") || !strings.Contains(first, "5/s") && !strings.Contains(first, " 5 ") || strings.Count(first, "\n") != 5 || strings.Contains(first, "\x1b[31m") {
			t.Errorf("%q", first)
		}
		time.Sleep(time.Second)
		ticks <- time.Now()
		close(done)
		<-ended
		rest := strings.TrimPrefix(out.String(), first)
		if !strings.HasPrefix(rest, "\x1b[5A\x1b[J") || !strings.HasSuffix(rest, "\x1b[5A\x1b[J") {
			t.Errorf("%q", rest)
		}
	})
}
