package main

import (
	"context"
	"fmt"
	"io"

	"joltui/bench/driver"
)

// otherTopics is how many topics have a subscriber and get no message.
const otherTopics = 10_000

// topicsTable measures whether topics that nobody publishes to slow down those
// that somebody does.
func topicsTable() table {
	return beside{
		name:  "topics",
		title: fmt.Sprintf("messages published to 20 topics of joltui while %d others have a subscriber", otherTopics),
		load:  driver.Load{Topics: 20, Subscribers: 1, Payload: 128, Batch: 64, Window: window},
		alone: "20 topics", among: fmt.Sprintf("and %d others", otherTopics), aim: "about 1",
		begin: subscribeOthers,
	}.table()
}

// subscribeOthers subscribes to the other topics, until the connection is closed.
func subscribeOthers(ctx context.Context, t driver.Target) (io.Closer, error) {
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
