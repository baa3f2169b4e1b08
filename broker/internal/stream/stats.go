package stream

import (
	"sync/atomic"
	"time"
)

// Stats are counts of one engine.
type Stats struct {
	// Ready says that what is published can be stored, and Late that the engine is so far
	// behind that the stream may forget what it has not read.
	Ready, Late bool
	// Reconnects are the connections made after the first one was lost.
	Reconnects uint64
	// BlocksOut were acknowledged by a quorum, in StoreTime all together; BlocksUnknown
	// may have been stored or not, and BlocksIn were read.
	BlocksOut, BlocksUnknown, BlocksIn uint64
	StoreTime                          time.Duration
	// Interruptions are how often messages were missing.
	Interruptions uint64
}

// counters are what Stats counts.
type counters struct {
	reconnects, out, unknown, in, interruptions atomic.Uint64
	storing                                     atomic.Int64
}

// Stats returns the counts of now.
func (e *Engine) Stats() Stats {
	c := &e.counters
	return Stats{
		Ready: e.Ready() == nil, Late: e.lag.isLate(), Reconnects: c.reconnects.Load(),
		BlocksOut: c.out.Load(), BlocksUnknown: c.unknown.Load(), BlocksIn: c.in.Load(), StoreTime: time.Duration(c.storing.Load()),
		Interruptions: c.interruptions.Load(),
	}
}

// stored counts how a block has ended, and after how long.
func (c *counters) stored(err error, took time.Duration) {
	if err != nil {
		c.unknown.Add(1)
		return
	}
	c.out.Add(1)
	c.storing.Add(int64(took))
}
