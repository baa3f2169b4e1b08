// Command bench compares joltui with its peers on this machine: nats-server,
// Redis, and what the machine itself can do. Each runs in a process of its own
// on a loopback port, they are measured in turn, and what counts is the ratio
// to the first row in the same round.
//
//	go run . [flags] [table…]     in the folder bench
//
// A table is chosen by its name or the beginning of it, up to a slash; -list
// prints the names. Without one all are measured, which takes some four
// minutes, or one with -quick; except one-topic, which is fanout with a single
// topic.
//
//	fanout   messages delivered: 1 publisher, up to 4,096 publishes under way,
//	         each acknowledged; 1, 8 or 64 subscribers, each with all 20 topics.
//	         Every message is counted and its place in its topic checked.
//	ping     one round trip at a time, against a TCP echo
//	idle     memory of a broker for each of 1,000 connections
//	topics   whether 10,000 other topics slow a publish
//	patterns whether 10,000 subscriptions to patterns slow a publish
//	system   whether a publish is slower while the broker's system topics are watched,
//	         with 64 or 1 in a write
//	client   publishes of the client library, against a raw socket
//	spaced   publishes with a blank after each colon and comma, as Python writes
//	         them, against those without
//
// It needs the go command, to build nats-server and joltui, and the module proxy
// for the first time. Where there is no redis-server the tables say so.
//
// -profile runs joltui's broker inside this program and writes a CPU profile
// for each table: go tool pprof FILE. -also old=/path/to/joltui adds another
// build as one more row, -cpu what the brokers themselves used, and -json FILE
// keeps the figures of every round.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	switch {
	case err == nil || errors.Is(err, flag.ErrHelp):
		return
	case ctx.Err() != nil:
		err = errors.New("interrupted")
	}
	fmt.Fprintln(os.Stderr, "bench:", err)
	os.Exit(1)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if len(args) > 0 && args[0] == serveCommand {
		return serve(ctx, args[1:])
	}
	o, err := parseOptions(args, stderr)
	if err != nil {
		return err
	}
	chosen, err := choose(tables(), o.names)
	if err != nil {
		return err
	}
	if o.list {
		for _, t := range chosen {
			fmt.Fprintln(stdout, t.name)
		}
		return nil
	}
	return measure(ctx, o, chosen, stdout, stderr)
}

func measure(ctx context.Context, o options, chosen []table, stdout, stderr io.Writer) error {
	fmt.Fprintln(stderr, "bench: building nats-server and joltui")
	b, err := newBench(ctx, o)
	if err != nil {
		return err
	}
	defer b.close()
	report := report{}
	for _, t := range chosen {
		results, err := t.measure(ctx, b)
		if err != nil {
			return err
		}
		for _, r := range results {
			if err := r.Print(stdout); err != nil {
				return err
			}
			report.add(t.name, r)
		}
	}
	if o.json == "" {
		return nil
	}
	return report.write(o.json)
}
