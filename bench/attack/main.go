// Command attack puts hostile and faulty loads on a broker and prints what
// becomes of it, and of those who do nothing wrong. Two builds of joltui stand
// side by side, and beside them nats-server, redis-server and mosquitto, with
// their own defaults, where this machine has them.
//
//	go run ./attack -joltui /path/to/joltui [flags]                in the folder bench
//	go run ./attack -joltui /path/before -joltui /path/after
//	go run ./attack -joltui /path/to/joltui -only storm,pipelined
//
// Everything is on loopback and bounded in number and time. Each case starts its
// own brokers and ends them. -list says which cases there are. All of them take
// some ten minutes for one broker; one of them, hoard, wants 2 GB of memory.
//
// The figures are of one run on one machine: they tell a broker that stands from
// one that falls, and no more than that. What a broker is asked and how it is
// looked at is the same for all: the wire, signals, HTTP, and /proc, which only
// Linux has.
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
	fmt.Fprintln(os.Stderr, "attack:", err)
	os.Exit(1)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	o, err := parseOptions(args, stderr)
	if err != nil {
		return err
	}
	if o.list {
		for _, c := range o.cases {
			fmt.Fprintf(stdout, "%-18s %s\n", c.name, c.about)
		}
		return nil
	}
	dir, err := os.MkdirTemp("", "joltui-attack-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	targets := o.targets(ctx, dir, stderr)
	var failed []error
	for _, c := range o.cases {
		results, err := measure(ctx, c, targets, stderr)
		if err != nil {
			failed = append(failed, err)
		}
		if ctx.Err() != nil {
			break
		}
		if err := o.print(stdout, c, results); err != nil {
			return err
		}
	}
	return errors.Join(failed...)
}

// measure runs a case against each target that it is for. What went wrong with
// one does not keep the others from being measured.
func measure(ctx context.Context, c attack, targets []*target, stderr io.Writer) ([]result, error) {
	var results []result
	var failed []error
	for _, t := range targets {
		if !c.isFor(t) || ctx.Err() != nil {
			continue
		}
		fmt.Fprintf(stderr, "attack: %s: %s\n", c.name, t.name)
		rows, err := c.run(ctx, t)
		if err != nil {
			failed = append(failed, fmt.Errorf("%s: %s: %w", c.name, t.name, err))
		}
		results = append(results, result{t.name, rows})
	}
	return results, errors.Join(failed...)
}
