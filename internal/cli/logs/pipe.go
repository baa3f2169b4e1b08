package logs

import (
	"bytes"
	"io"
	"sync/atomic"
	"time"
)

const (
	// pipeRecords is how many log records wait at most for whoever reads the log.
	pipeRecords = 1024
	// pipeFlush is how long the end waits for them.
	pipeFlush = time.Second
)

// logPipe writes log records on a goroutine of its own. A server whose log nobody
// reads, a terminal after ctrl+s for one, would else stop at its next record. What it
// has no room for it drops, counts, and says when the log moves again. Write is safe
// for concurrent use.
type logPipe struct {
	w       io.Writer
	say     func(dropped uint64) // writes to w that records were dropped
	records chan []byte
	untold  atomic.Uint64 // records dropped since that was said
	dropped atomic.Uint64 // in all
	done    chan struct{} // closed when all is written
}

func newLogPipe(w io.Writer, say func(uint64)) *logPipe {
	p := &logPipe{w: w, say: say, records: make(chan []byte, pipeRecords), done: make(chan struct{})}
	go p.run()
	return p
}

// Write takes one record, and never waits or fails.
func (p *logPipe) Write(record []byte) (int, error) {
	select {
	case p.records <- bytes.Clone(record):
	default:
		p.drop()
	}
	return len(record), nil
}

func (p *logPipe) drop() {
	p.untold.Add(1)
	p.dropped.Add(1)
}

func (p *logPipe) run() {
	defer close(p.done)
	for record := range p.records {
		if record == nil {
			return
		}
		if _, err := p.w.Write(record); err != nil { // a full disk, or nobody who reads any more
			p.drop()
			continue
		}
		if n := p.untold.Swap(0); n > 0 {
			p.say(n)
		}
	}
}

// close writes what waits, for pipeFlush at most. Records that come later are dropped.
func (p *logPipe) close() {
	late := time.NewTimer(pipeFlush)
	defer late.Stop()
	select {
	case p.records <- nil:
	case <-late.C:
		return
	}
	select {
	case <-p.done:
	case <-late.C:
	}
}
