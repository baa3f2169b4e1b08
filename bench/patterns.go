package main

import (
	"context"
	"fmt"
	"io"

	"joltui/bench/driver"
)

// patternsTable measures whether exact topics are as fast while many patterns are
// subscribed to, beside as many topics.
func patternsTable() table {
	return beside{
		name:  "patterns",
		title: fmt.Sprintf("messages published to 20 topics of joltui while %d patterns and as many topics have a subscriber", otherTopics),
		load:  driver.Load{Topics: 20, Subscribers: 1, Payload: 128, Batch: 64, Window: window},
		alone: "20 topics", among: fmt.Sprintf("and %d patterns", otherTopics), aim: "about 1",
		flags: []string{"--patterns"},
		begin: subscribePatterns,
	}.table()
}

// subscribePatterns subscribes to patterns, none of which matches what is published, and
// to the other topics.
func subscribePatterns(ctx context.Context, t driver.Target) (io.Closer, error) {
	conn, err := t.Dial(ctx)
	if err != nil {
		return nil, err
	}
	for i := range otherTopics {
		if err := conn.Subscribe(fmt.Sprintf("pattern.%d.*", i), fmt.Sprintf("other.%d", i)); err != nil {
			conn.Close()
			return nil, fmt.Errorf("subscribing to pattern %d of %d: %w", i+1, otherTopics, err)
		}
	}
	return conn, nil
}
