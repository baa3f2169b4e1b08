package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"joltui/bench/driver"
	"joltui/bench/turns"
	"joltui/jolt"
)

// clientTable measures how many publishes of the client library are
// acknowledged, against the same from a raw socket. Nobody is subscribed.
func clientTable() table {
	const name = "client"
	return table{name: name, measure: func(ctx context.Context, b *bench) ([]turns.Result, error) {
		load := driver.Load{Topics: 20, Payload: 128, Batch: 64, Window: window}
		raw, err := b.oursDelivering(ctx, name, load)
		if err != nil {
			return nil, err
		}
		defer raw.process.Stop()
		client, err := jolt.Dial(ctx, jolt.Config{Addr: raw.target.Addr, Window: window})
		if err != nil {
			return nil, raw.process.Explain(err)
		}
		defer client.Close()
		asynchronous := turns.Side{Name: "jolt client", Measure: func() (float64, error) {
			if raw.messages == 0 { // how many the raw socket publishes
				if err := raw.calibrate(ctx); err != nil {
					return 0, err
				}
			}
			elapsed, err := publishAll(ctx, client, load, raw.messages)
			return float64(raw.messages) / elapsed.Seconds(), err
		}}
		result, err := turns.Comparison{
			Title: "client: publishes acknowledged, 128 B, topics: 20, without subscribers",
			Unit:  "publishes/s",
			Sides: []turns.Side{raw.side(ctx, "raw socket"), asynchronous},
			Aims:  map[string]string{"jolt client": "≥ 1 M/s"},
		}.Run(b.rounds)
		return []turns.Result{result}, err
	}}
}

// publishAll publishes without waiting, and returns how long it took until all
// was acknowledged.
func publishAll(ctx context.Context, client *jolt.Client, load driver.Load, messages int) (time.Duration, error) {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	o := outcomes{left: messages, fail: fail, all: make(chan struct{})}
	request := jolt.Request{Op: jolt.OpPublish, Data: strings.Repeat("x", load.Payload)}
	var topics []string
	for i := range load.Topics {
		topics = append(topics, driver.Topic(i))
	}
	start := time.Now()
	for i := range messages {
		request.Ref, request.Topic = uint64(i), topics[i%len(topics)]
		if err := client.Start(ctx, request, o.add); err != nil {
			return 0, err
		}
	}
	select {
	case <-o.all:
		return time.Since(start), context.Cause(ctx)
	case <-ctx.Done():
		return 0, context.Cause(ctx)
	}
}

// outcomes checks that each publish is acknowledged, in turn.
type outcomes struct {
	next uint64 // the request whose turn it is
	left int
	fail func(error)
	all  chan struct{} // closed when none is left
}

func (o *outcomes) add(r *jolt.Reply) {
	if r.Err != nil {
		o.fail(r.Err)
	}
	if r.Request.Ref != o.next {
		o.fail(fmt.Errorf("the outcome of request %d came when it was the turn of request %d", r.Request.Ref, o.next))
	}
	o.next++
	if o.left--; o.left == 0 {
		close(o.all)
	}
}
