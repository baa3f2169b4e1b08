package main

import (
	"context"
	"fmt"

	"joltui/bench/driver"
	"joltui/bench/turns"
)

// limitTable measures how fast one publisher with a message in each write can be
// at all: against a server that does nothing but acknowledge every line. A broker
// that is as fast as that is held up by its publisher's system calls.
func limitTable() table {
	const name = "unbatched-limit"
	return table{name: name, measure: func(ctx context.Context, b *bench) ([]turns.Result, error) {
		answers, err := answerServer()
		if err != nil {
			return nil, err
		}
		brokers, err := b.brokers(name)
		if err != nil {
			return nil, err
		}
		load := driver.Load{Topics: 20, Payload: 128, Batch: 1, Window: window}
		c := turns.Comparison{
			Title: fmt.Sprintf("%s: messages acknowledged, no subscribers, topics: %d, %d B, 1 in a write%s",
				name, load.Topics, load.Payload, b.absent()),
			Unit: "messages/s",
			Aims: map[string]string{"joltui": "about 1"},
		}
		return b.compareDeliveries(ctx, name, c, append([]contender{answers}, brokers...), load)
	}}
}
