package main

import (
	"context"
	"fmt"
	"io"
	"net"

	"joltui/bench/driver"
	"joltui/bench/turns"
)

// beside measures joltui alone, and while something else is asked of it.
type beside struct {
	name, title string
	load        driver.Load
	alone       string // the names of the two sides
	among       string
	aim         string
	flags       []string // of both brokers, unless they are profiled
	// begin asks for the rest, until it is closed.
	begin func(context.Context, driver.Target) (io.Closer, error)
}

func (s beside) table() table {
	return table{name: s.name, measure: func(ctx context.Context, b *bench) ([]turns.Result, error) {
		alone, err := b.oursDelivering(ctx, s.name+"-alone", s.load, s.flags...)
		if err != nil {
			return nil, err
		}
		defer alone.process.Stop()
		among, err := b.oursDelivering(ctx, s.name, s.load, s.flags...)
		if err != nil {
			return nil, err
		}
		defer among.process.Stop()
		rest, err := s.begin(ctx, among.target)
		if err != nil {
			return nil, among.process.Explain(err)
		}
		defer rest.Close()
		result, err := turns.Comparison{
			Title: s.name + ": " + s.title,
			Unit:  "messages/s",
			Sides: []turns.Side{alone.side(ctx, s.alone), among.side(ctx, s.among)},
			Aims:  map[string]string{s.among: s.aim},
		}.Run(b.rounds)
		return []turns.Result{result}, err
	}}
}

func (b *bench) oursDelivering(ctx context.Context, profile string, load driver.Load, flags ...string) (*delivery, error) {
	ours, err := b.ours(profile)
	if err != nil {
		return nil, err
	}
	if args := ours.Program.Args; b.profile == "" {
		ours.Program.Args = func(port int) []string { return append(args(port), flags...) }
	}
	return b.startDelivery(ctx, ours, load)
}

// systemTables measure what it costs publishes that system topics are watched.
func systemTables() []table {
	var all []table
	for _, batch := range []int{64, 1} {
		all = append(all, beside{
			name:  fmt.Sprintf("system/%d", batch),
			title: fmt.Sprintf("messages of joltui delivered, 1:8, 128 B, %d in a write, while its system topics are watched", batch),
			load:  driver.Load{Topics: 20, Subscribers: 8, Payload: 128, Batch: batch, Window: window},
			alone: "unwatched", among: "watched", aim: "≥ 0.98",
			begin: watchSystem,
		}.table())
	}
	return all
}

// watchSystem subscribes to all system topics, and reads what comes.
func watchSystem(ctx context.Context, t driver.Target) (io.Closer, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", t.Addr)
	if err != nil {
		return nil, err
	}
	for _, topic := range []string{"broker", "topics", "clients", "events"} {
		if _, err := fmt.Fprintf(conn, `{"op":"sub","topic":"$SYS.%s"}`+"\n", topic); err != nil {
			conn.Close()
			return nil, err
		}
	}
	go io.Copy(io.Discard, conn)
	return conn, nil
}
