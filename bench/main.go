// Command bench compares joltui with its peers on this machine: nats-server,
// Redis and what the machine itself can do. Each runs in a process of its own,
// they are measured in turn, and what counts is the ratio.
//
//	go run . [flags] [table…]     in the folder bench
//
// A table is chosen by its name or the beginning of it, up to a slash; -list
// prints the names. It needs the go command, and the module proxy once, to
// build nats-server.
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
	return measure(ctx, o, chosen, stdout)
}

func measure(ctx context.Context, o options, chosen []table, stdout io.Writer) error {
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
