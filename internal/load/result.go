package load

import (
	"runtime"
	"time"

	"joltui/internal/publisher"
)

// Result is what a load has measured, without the warm-up.
type Result struct {
	Config      Config // without the password
	Interrupted bool   // it ended early
	Processors  int    // how many this process could use at once

	// Elapsed is how long the load took until the last outcome, but no less than the time
	// in which the messages were due.
	Elapsed  time.Duration
	Outcomes publisher.Outcomes
	Refusal  error // the first rejection
	// Overdue is how many messages were due at the rate asked for and were not sent before
	// the end, because windows had no room.
	Overdue int64
	// Ack is the time from when a message was due until its acknowledgement was read.
	Ack Latency
	// Overslept is how late publishers woke up after sleeping until a message was due: the
	// part of the other latencies that this process causes. It has no values without a
	// rate.
	Overslept Latency

	// Deliveries counts what came to all subscribers.
	Deliveries Deliveries
	// Delivering is how long it took until the last message came, but no less than the
	// time in which the messages were due.
	Delivering time.Duration
	// EndToEnd is the time from when a message was due until a subscriber had read it.
	EndToEnd Latency

	// Outages is how often a connection was lost since the beginning of the warm-up, and
	// Outage how long these outages took in all.
	Outages int
	Outage  time.Duration
}

// Deliveries counts what subscribers received, all together.
type Deliveries struct {
	Received   int64 // messages, each once for each subscriber
	Lost       int64 // messages that were acknowledged and did not come
	Duplicates int64 // messages that came again
	Reordered  int64 // those of Received that came after a later one of the same publisher and topic
	Foreign    int64 // messages that are not of this load, or not as they were sent
}

// PublishedPerSecond returns the rate at which messages were handed to connections.
func (r *Result) PublishedPerSecond() float64 { return perSecond(r.Outcomes.Published(), r.Elapsed) }

// AcknowledgedPerSecond returns the rate of acknowledgements.
func (r *Result) AcknowledgedPerSecond() float64 {
	return perSecond(r.Outcomes.Acknowledged, r.Elapsed)
}

// DeliveredPerSecond returns the rate of messages at all subscribers together.
func (r *Result) DeliveredPerSecond() float64 {
	return perSecond(r.Deliveries.Received, r.Delivering)
}

// Reached reports whether acknowledgements came at the rate asked for, within 1 %. Without a
// rate it is true.
func (r *Result) Reached() bool {
	return r.AcknowledgedPerSecond() >= 0.99*float64(r.Config.Rate)
}

// Sound reports whether every message was acknowledged, and came to each
// subscriber once and in order.
func (r *Result) Sound() bool {
	o, d := r.Outcomes, r.Deliveries
	return o.Rejected+o.Unknown+o.NotSent == 0 && d.Lost+d.Duplicates+d.Reordered == 0
}

func perSecond(n int64, d time.Duration) float64 {
	if d <= 0 {
		return 0
	}
	return float64(n) / d.Seconds()
}

// result sums up a phase that is over.
func (p *phase) result(cfg Config, r *run, early bool) *Result {
	out := &Result{Config: cfg, Interrupted: early, Processors: runtime.GOMAXPROCS(0)}
	out.Config.Client.Pass = ""
	end := p.schedule.end()
	if early {
		end = time.Duration(p.stopped.Load())
	}
	var last time.Time
	out.Outcomes, last = p.outcomes()
	out.Elapsed = max(end, last.Sub(p.began))
	out.Delivering = max(end, p.heard())

	ack, overslept, endToEnd := newHistogram(), newHistogram(), newHistogram()
	for _, a := range p.acks {
		ack.Merge(a.latency.Histogram)
		overslept.Merge(a.overslept.Histogram)
		if out.Refusal == nil {
			out.Refusal = a.refusal
		}
	}
	for i, s := range p.series {
		out.Overdue += max(0, p.schedule.dueBy(i, end)-s.sent)
	}
	for _, a := range p.arrivals {
		endToEnd.Merge(a.latency.Histogram)
	}
	out.Ack, out.Overslept, out.EndToEnd = ack.latency(), overslept.latency(), endToEnd.latency()
	out.Deliveries = p.deliveries()
	out.Outages, out.Outage = r.outages(time.Now())
	return out
}

func (p *phase) deliveries() Deliveries {
	d := Deliveries{Received: p.received(), Lost: p.lost()}
	for _, in := range p.inboxes {
		in.arrivals.mu.Lock()
		d.Duplicates += in.tracker.duplicates
		d.Reordered += in.tracker.reordered
		d.Foreign += in.foreign
		in.arrivals.mu.Unlock()
	}
	return d
}
