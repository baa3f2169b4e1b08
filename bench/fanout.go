package main

import (
	"context"
	"fmt"
	"time"

	"joltui/bench/driver"
	"joltui/bench/peer"
	"joltui/bench/turns"
)

// window is how many publishes wait for their acknowledgement at most.
const window = 4096

// shape is how messages are published.
type shape struct {
	name    string
	payload int
	batch   int
	aim     string
}

// fanOutTables measure delivered messages a second. One publisher, as many
// subscribers as the name says, each with all topics.
func fanOutTables() []table {
	var all []table
	for _, topics := range []int{20, 1} {
		for _, subscribers := range []int{1, 8, 64} {
			for _, s := range []shape{
				{"128B", 128, 64, "≥ 3, ≥ redis"},
				{"128B-unbatched", 128, 1, "≥ 1.2, ≥ redis"},
				{"1KiB", 1024, 64, "≥ 1.5, ≥ redis"},
			} {
				all = append(all, fanOut(topics, subscribers, s))
			}
		}
	}
	return all
}

func fanOut(topics, subscribers int, s shape) table {
	group := "fanout"
	if topics == 1 {
		group = "one-topic"
	}
	name := fmt.Sprintf("%s/1:%d/%s", group, subscribers, s.name)
	load := driver.Load{Topics: topics, Subscribers: subscribers, Payload: s.payload, Batch: s.batch, Window: window}
	return table{name, topics == 1, func(ctx context.Context, b *bench) ([]turns.Result, error) {
		brokers, err := b.brokers(name)
		if err != nil {
			return nil, err
		}
		c := turns.Comparison{
			Title: fmt.Sprintf("%s: messages delivered, 1:%d, topics: %d, %d B, %d in a write%s",
				name, subscribers, topics, s.payload, s.batch, b.absent()),
			Unit: "messages/s",
			Aims: map[string]string{"joltui": s.aim},
		}
		for _, broker := range brokers {
			d, err := startDelivery(ctx, broker, load, b.publishing())
			if err != nil {
				return nil, err
			}
			defer d.process.Stop()
			c.Sides = append(c.Sides, d.side(ctx, broker.Name))
		}
		result, err := c.Run(b.rounds)
		return []turns.Result{result}, err
	}}
}

// delivery measures how many messages a broker delivers in a second.
type delivery struct {
	target   driver.Target
	process  *peer.Process
	load     driver.Load
	duration time.Duration
	messages int // published by one measurement; 0 before the first
}

// startDelivery starts the broker, too.
func startDelivery(ctx context.Context, broker contender, load driver.Load, duration time.Duration) (*delivery, error) {
	process, err := peer.Start(ctx, broker.Program)
	if err != nil {
		return nil, err
	}
	target := driver.Target{Protocol: broker.protocol, Addr: process.Addr}
	return &delivery{target: target, process: process, load: load, duration: duration}, nil
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
	elapsed, err := d.run(ctx, d.messages)
	return float64(d.messages*d.load.Subscribers) / elapsed.Seconds(), err
}

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
