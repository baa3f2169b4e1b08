package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"joltui/bench/driver"
	"joltui/bench/peer"
	"joltui/bench/turns"
	"joltui/jolt"
)

// blockTrips is how many round trips a side makes before the next one is at it:
// some 30 ms, so that the sides alternate quickly.
const blockTrips = 1000

// blocks is how many such blocks each side has.
func (o options) blocks() int {
	if o.quick {
		return 5 * o.rounds
	}
	return 16 * o.rounds
}

// pingTable measures one ping at a time, against what the network stack takes
// for an echo.
func pingTable() table {
	const name = "ping"
	return table{name: name, measure: func(ctx context.Context, b *bench) ([]turns.Result, error) {
		var p pings
		defer p.close()
		if err := p.start(ctx, b, name); err != nil {
			return nil, err
		}
		medians, err := turns.Comparison{
			Title: "ping: the time of one round trip at a time, p50" + b.absent(),
			Unit:  "µs",
			Sides: p.sides,
			Aims:  map[string]string{"joltui": "≤ 1.05", "jolt client": "≤ 1.2"},
		}.Run(b.blocks())
		if err != nil {
			return nil, err
		}
		tails := medians
		tails.Title, tails.Aims, tails.Figures = "ping: p99", nil, p.tails
		return []turns.Result{medians, tails}, nil
	}}
}

// pings are the sides that are pinged.
type pings struct {
	sides  []turns.Side
	tails  [][]float64 // the p99 of each block, by side
	closes []func()
}

func (p *pings) start(ctx context.Context, b *bench, table string) error {
	program, err := echoServer()
	if err != nil {
		return err
	}
	process, err := p.process(ctx, program)
	if err != nil {
		return err
	}
	if err := p.addRaw(ctx, "TCP echo", process, echo{}); err != nil {
		return err
	}
	brokers, err := b.brokers(table)
	if err != nil {
		return err
	}
	for _, broker := range brokers {
		process, err := p.process(ctx, broker.Program)
		if err != nil {
			return err
		}
		if err := p.addRaw(ctx, broker.Name, process, broker.protocol); err != nil {
			return err
		}
		if broker.Name != b.joltui.Name {
			continue
		}
		if err := p.addClient(ctx, process); err != nil {
			return err
		}
	}
	return nil
}

func (p *pings) process(ctx context.Context, program peer.Program) (*peer.Process, error) {
	process, err := peer.Start(ctx, program)
	if err == nil {
		p.closes = append(p.closes, process.Stop)
	}
	return process, err
}

// echo is what a server that sends back everything makes of a ping.
type echo struct{ driver.Jolt }

func (echo) Ping(subscribed bool) driver.Exchange {
	request := driver.Jolt{}.Ping(subscribed).Request
	return driver.Exchange{Request: request, Reply: request}
}

// addRaw adds the ping of a protocol.
func (p *pings) addRaw(ctx context.Context, name string, process *peer.Process, protocol driver.Protocol) error {
	conn, err := driver.Target{Protocol: protocol, Addr: process.Addr}.Dial(ctx)
	if err != nil {
		return process.Explain(err)
	}
	p.closes = append(p.closes, func() { conn.Close() })
	ping := protocol.Ping(false)
	p.add(name, process, func() error { return conn.Do(ping) }, conn.Renew)
	return nil
}

// addClient adds the client library, at the same broker.
func (p *pings) addClient(ctx context.Context, process *peer.Process) error {
	client, err := jolt.Dial(ctx, jolt.Config{Addr: process.Addr})
	if err != nil {
		return process.Explain(err)
	}
	p.closes = append(p.closes, func() { client.Close() })
	p.add("jolt client", process, func() error {
		_, err := client.Ping(ctx)
		return err
	}, func() error { return nil })
	return nil
}

// add adds a side. It calls renew before each block.
func (p *pings) add(name string, process *peer.Process, ping, renew func() error) {
	at := len(p.sides)
	p.tails = append(p.tails, nil)
	p.sides = append(p.sides, turns.Side{Name: name, Measure: func() (float64, error) {
		if err := renew(); err != nil {
			return 0, err
		}
		trips, err := roundTrips(ping)
		if err != nil {
			return 0, process.Explain(err)
		}
		p.tails[at] = append(p.tails[at], trips[len(trips)*99/100])
		return trips[len(trips)/2], nil
	}})
}

// roundTrips returns how long each took, in µs, in ascending order.
func roundTrips(ping func() error) ([]float64, error) {
	trips := make([]float64, blockTrips)
	for i := range trips {
		start := time.Now()
		if err := ping(); err != nil {
			return nil, fmt.Errorf("after %d round trips: %w", i, err)
		}
		trips[i] = float64(time.Since(start).Nanoseconds()) / 1000
	}
	slices.Sort(trips)
	return trips, nil
}

func (p *pings) close() {
	for _, f := range slices.Backward(p.closes) {
		f()
	}
}
