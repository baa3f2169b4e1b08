package main

import (
	"context"
	"fmt"

	"joltui/bench/driver"
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
		return b.compareDeliveries(ctx, name, c, brokers, load)
	}}
}

// compareDeliveries adds a side for each server, and measures them.
func (b *bench) compareDeliveries(ctx context.Context, name string, c turns.Comparison, servers []contender, load driver.Load) ([]turns.Result, error) {
	var all []*delivery
	for _, server := range servers {
		d, err := b.startDelivery(ctx, server, load)
		if err != nil {
			return nil, err
		}
		defer d.process.Stop()
		all = append(all, d)
		c.Sides = append(c.Sides, d.side(ctx, server.Name))
	}
	result, err := c.Run(b.rounds)
	if err != nil || !b.cpu {
		return []turns.Result{result}, err
	}
	return []turns.Result{result, processorTime(name, result, all)}, nil
}

// processorTime is the table of what the brokers themselves used.
func processorTime(name string, delivered turns.Result, all []*delivery) turns.Result {
	used := delivered
	used.Title = name + ": processor time of the broker for a message delivered"
	used.Unit, used.Aims, used.Figures = "ns", nil, nil
	for _, d := range all {
		used.Figures = append(used.Figures, d.used)
	}
	return used
}
