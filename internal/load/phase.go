package load

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"joltui/internal/publisher"
)

// phaseBits is how many bits of a run's number tell its phases apart.
const phaseBits = 3

// phase is one load on connections that exist: the warm-up, or the measurement.
type phase struct {
	id       uint32
	began    time.Time
	stopped  atomic.Int64 // when publishing ended, in nanoseconds from then on; 0 before
	schedule schedule
	topics   []string
	size     int
	window   int

	series   []*series
	inboxes  []*inbox
	acks     []*acks
	arrivals []*arrivals
}

// newPhase makes a phase that has not begun.
func (r *run) newPhase(number uint32, s schedule) *phase {
	p := &phase{id: r.id | number, schedule: s, topics: r.topics, size: r.cfg.Size, window: r.cfg.Window}
	shards := runtime.GOMAXPROCS(0)
	for range min(shards, len(r.publishers)) {
		p.acks = append(p.acks, &acks{latency: newHistogram(), overslept: newHistogram()})
	}
	for range min(shards, len(r.subscribers)) {
		p.arrivals = append(p.arrivals, &arrivals{latency: newHistogram()})
	}
	for i, l := range r.publishers {
		p.series = append(p.series, newSeries(p, i, l, r.sleepers[i], p.acks[i%len(p.acks)]))
	}
	for i := range r.subscribers {
		p.inboxes = append(p.inboxes, &inbox{
			phase: p, fail: r.fail, arrivals: p.arrivals[i%len(p.arrivals)],
			tracker: newTracker(len(p.series), len(p.topics)),
		})
	}
	return p
}

// publish runs the load until it, or ctx, ends, and returns when each message
// has an outcome.
func (p *phase) publish(ctx context.Context) {
	if p.schedule.length > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithDeadline(ctx, p.began.Add(p.schedule.length))
		defer stop()
	}
	var all sync.WaitGroup
	for _, s := range p.series {
		all.Go(func() { s.run(ctx) })
	}
	all.Wait()
}

// outcomes returns how publishes have ended so far, and when the last one did.
func (p *phase) outcomes() (sum publisher.Outcomes, last time.Time) {
	for _, a := range p.acks {
		a.mu.Lock()
		o := a.outcomes
		if a.last.After(last) {
			last = a.last
		}
		a.mu.Unlock()
		sum.Acknowledged += o.Acknowledged
		sum.Rejected += o.Rejected
		sum.Unknown += o.Unknown
		sum.NotSent += o.NotSent
	}
	return sum, last
}

// await returns when subscribers have got all messages that they are owed, when none has
// come for grace, or when ctx ends.
func (p *phase) await(ctx context.Context, grace time.Duration) {
	const every = 5 * time.Millisecond
	tick := time.NewTicker(every)
	defer tick.Stop()
	stopped := time.Duration(p.stopped.Load())
	for !p.allCame() && time.Since(p.began)-max(stopped, p.heard()) < grace {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// heard returns when the last message came, from the beginning on.
func (p *phase) heard() (last time.Duration) {
	for _, a := range p.arrivals {
		a.mu.Lock()
		last = max(last, a.last.Sub(p.began))
		a.mu.Unlock()
	}
	return last
}

// allCame reports whether subscribers have got all messages that they are owed. It goes
// through the streams only when enough messages have come in all.
func (p *phase) allCame() bool {
	outcomes, _ := p.outcomes()
	return p.received() >= outcomes.Acknowledged*int64(len(p.inboxes)) && p.lost() == 0
}

// received returns how many messages have come to all subscribers.
func (p *phase) received() (sum int64) {
	for _, in := range p.inboxes {
		in.arrivals.mu.Lock()
		sum += in.tracker.received
		in.arrivals.mu.Unlock()
	}
	return sum
}

// lost returns how many messages that subscribers are owed have not come. Publishing must be
// over.
func (p *phase) lost() (sum int64) {
	for _, in := range p.inboxes {
		in.arrivals.mu.Lock()
		for i, s := range p.series {
			sum += in.tracker.lost(i, s.sent, s.excused)
		}
		in.arrivals.mu.Unlock()
	}
	return sum
}
