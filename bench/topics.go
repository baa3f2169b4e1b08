package main

import (
	"context"
	"fmt"

	"joltui/bench/driver"
	"joltui/bench/turns"
)

// otherTopics is how many topics have a subscriber and get no message.
const otherTopics = 10_000

// topicsTable measures whether topics that nobody publishes to slow down those
// that somebody does.
func topicsTable() table {
	const name = "topics"
	return table{name: name, measure: func(ctx context.Context, b *bench) ([]turns.Result, error) {
		load := driver.Load{Topics: 20, Subscribers: 1, Payload: 128, Batch: 64, Window: window}
		alone, err := b.oursDelivering(ctx, name+"-alone", load)
		if err != nil {
			return nil, err
		}
		defer alone.process.Stop()
		among, err := b.oursDelivering(ctx, name, load)
		if err != nil {
			return nil, err
		}
		defer among.process.Stop()
		others, err := subscribeOthers(ctx, among.target)
		if err != nil {
			return nil, among.process.Explain(err)
		}
		defer others.Close()
		crowded := fmt.Sprintf("and %d others", otherTopics)
		result, err := turns.Comparison{
			Title: fmt.Sprintf("topics: messages published to 20 topics of joltui while %d others have a subscriber", otherTopics),
			Unit:  "messages/s",
			Sides: []turns.Side{alone.side(ctx, "20 topics"), among.side(ctx, crowded)},
			Aims:  map[string]string{crowded: "about 1"},
		}.Run(b.rounds)
		return []turns.Result{result}, err
	}}
}

func (b *bench) oursDelivering(ctx context.Context, profile string, load driver.Load) (*delivery, error) {
	ours, err := b.ours(profile)
	if err != nil {
		return nil, err
	}
	return b.startDelivery(ctx, ours, load)
}

// subscribeOthers subscribes to the other topics, until the connection is closed.
func subscribeOthers(ctx context.Context, t driver.Target) (*driver.Conn, error) {
	conn, err := t.Dial(ctx)
	if err != nil {
		return nil, err
	}
	for i := range otherTopics {
		if err := conn.Subscribe(fmt.Sprintf("other.%d", i)); err != nil {
			conn.Close()
			return nil, fmt.Errorf("subscribing to topic %d of %d: %w", i+1, otherTopics, err)
		}
	}
	return conn, nil
}
