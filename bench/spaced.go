package main

import (
	"context"
	"fmt"

	"joltui/bench/driver"
	"joltui/bench/turns"
)

// spacedTables measure what white space in requests costs. How a client reads frames
// with white space is BenchmarkLoopbackSpaced of package jolt.
func spacedTables() []table {
	var all []table
	for _, subscribers := range []int{1, 8} {
		all = append(all, spacedTable(subscribers))
	}
	return all
}

func spacedTable(subscribers int) table {
	const payload = 128
	name := fmt.Sprintf("spaced/1:%d", subscribers)
	return table{name: name, measure: func(ctx context.Context, b *bench) ([]turns.Result, error) {
		ours, err := b.ours(name)
		if err != nil {
			return nil, err
		}
		spaced := ours
		ours.Name, spaced.Name, spaced.protocol = "compact", "spaced", driver.Spaced{}
		load := driver.Load{Topics: 20, Subscribers: subscribers, Payload: payload, Batch: 64, Window: window}
		c := turns.Comparison{
			Title: fmt.Sprintf("%s: messages of joltui delivered, 1:%d, %d B, published without and with blanks", name, subscribers, payload),
			Unit:  "messages/s",
			Aims:  map[string]string{"spaced": "≥ 0.8"},
		}
		return b.compareDeliveries(ctx, name, c, []contender{ours, spaced}, load)
	}}
}
