package logs

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// stuckWriter takes nothing until it is released.
type stuckWriter struct {
	release chan struct{}
	bytes.Buffer
	err error
}

func (w *stuckWriter) Write(p []byte) (int, error) {
	<-w.release
	if w.err != nil {
		return 0, w.err
	}
	return w.Buffer.Write(p)
}

// A log that nobody reads holds nobody up; what was dropped is said when somebody does.
func TestLogNobodyReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &stuckWriter{release: make(chan struct{})}
		p := newLogPipe(w, func(n uint64) { fmt.Fprintf(&w.Buffer, "%d dropped\n", n) })
		const extra = 100
		for n := range pipeRecords + extra + 1 {
			fmt.Fprintf(p, "%d\n", n)
			if n == 0 {
				synctest.Wait() // it is being written
			}
		}
		if got := p.dropped.Load(); got != extra {
			t.Errorf("%d records were dropped, want %d", got, extra)
		}
		close(w.release)
		p.close()
		lines := strings.Split(w.String(), "\n")
		if len(lines) != pipeRecords+3 || lines[0] != "0" || lines[1] != fmt.Sprint(extra, " dropped") || lines[2] != "1" {
			t.Errorf("%d lines, beginning with %q", len(lines), lines[:3])
		}
	})
}

// The end does not wait for ever either.
func TestLogNobodyReadsAtTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &stuckWriter{release: make(chan struct{})}
		p := newLogPipe(w, func(uint64) {})
		for range 2 * pipeRecords {
			fmt.Fprintln(p, "x")
		}
		start := time.Now()
		p.close()
		if took := time.Since(start); took != pipeFlush {
			t.Errorf("closed after %v, want %v", took, pipeFlush)
		}
		close(w.release)
		synctest.Wait()
		p.close()
	})
}

// Records that cannot be written are counted as dropped.
func TestLogThatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &stuckWriter{release: make(chan struct{}), err: errors.New("no space left")}
		close(w.release)
		p := newLogPipe(w, func(uint64) {})
		fmt.Fprintln(p, "x")
		p.close()
		if got := p.dropped.Load(); got != 1 {
			t.Errorf("%d dropped, want 1", got)
		}
	})
}
