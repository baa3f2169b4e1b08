package stream

import (
	"context"
	"time"
)

const (
	// longestGather bounds how long a block waits for more.
	longestGather = 2 * time.Millisecond
	// mostSkipped bounds how many blocks in a row do not wait because it was in vain.
	mostSkipped = 64
)

// gather says how long a block waits before it is published, so that those who have just
// been acknowledged, and publish again at once, are in it, too: without that, publishers
// that wait for each acknowledgement fall into two halves, which take turns, and every
// message costs the stream twice as much. Where those do not come back that soon, over a
// slow network, it is soon not waited any more, but for a try now and then.
type gather struct {
	expected int           // batches
	took     time.Duration // to publish the block before
	skip     int           // so many blocks do not wait
	skipped  int           // how many that were the last time
}

// acknowledged is told of a block that is stored: how many batches it had, how many wait
// by now for the next, and how long it took.
func (g *gather) acknowledged(batches, waiting int, took time.Duration) {
	g.expected, g.took = batches+waiting, took
}

// most returns how long a block that has so many batches may wait for more.
func (g *gather) most(have int) time.Duration {
	switch {
	case have >= g.expected:
		return 0
	case g.skip > 0:
		g.skip--
		return 0
	}
	return min(g.took/2, longestGather)
}

// came is told how many batches there were before the wait, and after it.
func (g *gather) came(before, after int) {
	if 2*(after-before) >= g.expected-before {
		g.skip, g.skipped = 0, 0
		return
	}
	g.skipped = min(max(1, 2*g.skipped), mostSkipped)
	g.skip = g.skipped
}

// gather waits until the block that is next has all that can be expected.
func (p *publisher) gather(ctx context.Context) {
	before := p.waiting()
	most := p.gathers.most(before)
	if before == 0 || most == 0 {
		return
	}
	timer := time.NewTimer(most)
	defer timer.Stop()
	have := before
	for over := false; !over && have < p.gathers.expected; have = p.waiting() {
		select {
		case <-p.more:
		case <-timer.C:
			over = true
		case <-ctx.Done():
			return
		}
	}
	p.gathers.came(before, have)
}

// waiting returns how many batches wait to be published, or, where they fill a block
// already, as many as are expected.
func (p *publisher) waiting() (batches int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.queue) > 1 {
		return max(p.queue[0].batches, p.gathers.expected)
	}
	for _, b := range p.queue {
		batches += b.batches
	}
	return batches
}
