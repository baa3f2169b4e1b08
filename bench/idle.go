package main

import (
	"context"
	"fmt"

	"joltui/bench/driver"
	"joltui/bench/peer"
	"joltui/bench/turns"
)

// idleConnections is how many connections do nothing.
const idleConnections = 1000

// idleTable measures what a connection costs in memory that has subscribed, has
// got one message and is idle now. Each measurement has a process of its own,
// because a server seldom gives memory back.
func idleTable() table {
	const name = "idle"
	return table{name: name, measure: func(ctx context.Context, b *bench) ([]turns.Result, error) {
		brokers, err := b.brokers(name)
		if err != nil {
			return nil, err
		}
		c := turns.Comparison{
			Title: fmt.Sprintf("idle: resident memory of a broker for each of %d idle connections%s", idleConnections, b.absent()),
			Unit:  "KiB",
			Aims:  map[string]string{"joltui": "≤ 32 KiB"},
		}
		for _, broker := range brokers {
			c.Sides = append(c.Sides, turns.Side{Name: broker.Name, Measure: func() (float64, error) {
				return idleMemory(ctx, broker)
			}})
		}
		result, err := c.Run(b.rounds)
		return []turns.Result{result}, err
	}}
}

// idleMemory returns KiB a connection. What the broker needs for its first
// connection does not count.
func idleMemory(ctx context.Context, broker contender) (float64, error) {
	process, err := peer.Start(ctx, broker.Program)
	if err != nil {
		return 0, err
	}
	defer process.Stop()
	target := driver.Target{Protocol: broker.protocol, Addr: process.Addr}
	load := driver.Load{Topics: 1, Subscribers: 1, Payload: 128, Batch: 1, Window: 1}
	if _, err := driver.Run(ctx, target, load, 100); err != nil {
		return 0, process.Explain(err)
	}
	before, err := process.Resident()
	if err != nil {
		return 0, err
	}
	load.Subscribers = idleConnections
	var after int
	_, err = driver.Hold(ctx, target, load, 1, func() (err error) {
		after, err = process.Resident()
		return err
	})
	if err != nil {
		return 0, process.Explain(err)
	}
	return float64(after-before) / 1024 / idleConnections, nil
}
