package main

import (
	"context"
	"time"

	"joltui/bench/driver"
	"joltui/bench/peer"
	"joltui/bench/turns"
)

// delivery measures how many messages a broker delivers in a second.
type delivery struct {
	target   driver.Target
	process  *peer.Process
	load     driver.Load
	duration time.Duration
	messages int // published by one measurement; 0 before the first

	cpu  bool
	used []float64 // processor time for a message of each measurement in ns, if cpu
}

// startDelivery starts the broker, too.
func (b *bench) startDelivery(ctx context.Context, broker contender, load driver.Load) (*delivery, error) {
	process, err := peer.Start(ctx, broker.Program)
	if err != nil {
		return nil, err
	}
	target := driver.Target{Protocol: broker.protocol, Addr: process.Addr}
	return &delivery{target: target, process: process, load: load, duration: b.publishing(), cpu: b.cpu}, nil
}

func (d *delivery) side(ctx context.Context, name string) turns.Side {
	return turns.Side{Name: name, Measure: func() (float64, error) { return d.measure(ctx) }}
}

// measure publishes as many messages as take about the duration, which the
// first call finds out; that warms the broker up, too.
func (d *delivery) measure(ctx context.Context) (float64, error) {
	if d.messages == 0 {
		if err := d.calibrate(ctx); err != nil {
			return 0, err
		}
	}
	if d.cpu {
		return d.measureBoth(ctx)
	}
	elapsed, err := d.run(ctx, d.messages)
	return d.deliveries() / elapsed.Seconds(), err
}

// measureBoth measures the processor time, too.
func (d *delivery) measureBoth(ctx context.Context) (float64, error) {
	before, err := d.process.ProcessorTime()
	if err != nil {
		return 0, err
	}
	elapsed, err := d.run(ctx, d.messages)
	if err != nil {
		return 0, err
	}
	after, err := d.process.ProcessorTime()
	d.used = append(d.used, float64((after-before).Nanoseconds())/d.deliveries())
	return d.deliveries() / elapsed.Seconds(), err
}

// deliveries is how many messages one measurement delivers. Without subscribers
// it is how many are acknowledged.
func (d *delivery) deliveries() float64 { return float64(d.messages * max(1, d.load.Subscribers)) }

// calibrate runs more and more messages until that takes long enough to tell
// how many take the duration.
func (d *delivery) calibrate(ctx context.Context) error {
	for messages := 2 * d.load.Window; ; messages *= 2 {
		elapsed, err := d.run(ctx, messages)
		if err != nil {
			return err
		}
		if elapsed >= d.duration/4 {
			d.messages = max(messages, int(float64(messages)*d.duration.Seconds()/elapsed.Seconds()))
			return nil
		}
	}
}

func (d *delivery) run(ctx context.Context, messages int) (time.Duration, error) {
	elapsed, err := driver.Run(ctx, d.target, d.load, messages)
	if err != nil {
		err = d.process.Explain(err)
	}
	return elapsed, err
}
