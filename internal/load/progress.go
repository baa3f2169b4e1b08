package load

import (
	"time"

	"joltui/internal/publisher"
)

// Stage is what a run is doing.
type Stage uint8

// The stages. Warmup and Measuring are the numbers of phases, too.
const (
	Warmup    Stage = iota + 1
	Measuring       // publishing
	Draining        // waiting for outcomes and messages that are still to come
)

// Progress is how far a run has come.
type Progress struct {
	Stage    Stage
	Elapsed  time.Duration // since the warm-up, or the measurement, began
	Outcomes publisher.Outcomes
	Rate     float64       // acknowledgements a second since the last call
	P50, P99 time.Duration // of acknowledgements, so far
	Owed     int64         // messages that were acknowledged and have not yet come to subscribers
	Down     int           // connections that are lost now
}

// reportEvery is slow enough for figures to be read.
const reportEvery = 250 * time.Millisecond

// report calls Config.Progress until the function that it returns is called.
func (r *run) report(p *phase, stage Stage) (stop func()) {
	if r.cfg.Progress == nil {
		return func() {}
	}
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(reportEvery)
		defer tick.Stop()
		var before Progress
		for {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			now := p.progress(stage)
			now.Down = r.down()
			now.Rate = perSecond(now.Outcomes.Acknowledged-before.Outcomes.Acknowledged, now.Elapsed-before.Elapsed)
			r.cfg.Progress(now)
			before = now
		}
	}()
	return func() {
		close(done)
		<-ended
	}
}

func (p *phase) progress(stage Stage) Progress {
	out := Progress{Stage: stage, Elapsed: time.Since(p.began)}
	if p.stopped.Load() > 0 {
		out.Stage = Draining
	}
	out.Outcomes, _ = p.outcomes()
	ack := newHistogram()
	for _, a := range p.acks {
		a.mu.Lock()
		ack.Merge(a.latency.Histogram) // 0.1 ms, in which no outcome is taken: too rare for p99.9 to show it
		a.mu.Unlock()
	}
	at := ack.latency()
	out.P50, out.P99 = at.P50, at.P99
	out.Owed = max(0, out.Outcomes.Acknowledged*int64(len(p.inboxes))-p.received())
	return out
}
