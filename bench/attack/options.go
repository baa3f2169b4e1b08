package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"joltui/bench/peer"
)

// options are what the command line says.
type options struct {
	joltui []string // paths of the builds
	peers  []string // names of other brokers
	cases  []attack
	list   bool
	json   bool
}

func parseOptions(args []string, stderr io.Writer) (options, error) {
	var o options
	var only, peers string
	fs := flag.NewFlagSet("attack", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.Func("joltui", "the `path` of a joltui to attack; given twice, they are called before and after", func(path string) error {
		o.joltui = append(o.joltui, path)
		return nil
	})
	fs.StringVar(&only, "only", "", "run only these `cases`, separated by commas")
	fs.StringVar(&peers, "peers", "nats,redis,mosquitto", "the other `brokers` to attack; none if it is empty")
	fs.BoolVar(&o.list, "list", false, "print the names of the cases and end")
	fs.BoolVar(&o.json, "json", false, "print one JSON object a line for each figure, not tables")
	if err := fs.Parse(args); err != nil {
		return o, err
	}
	if fs.NArg() > 0 {
		return o, fmt.Errorf("%q is no flag: see -help", fs.Arg(0))
	}
	o.peers = split(peers)
	var err error
	if o.cases, err = choose(split(only)); err != nil {
		return o, err
	}
	if !o.list && len(o.joltui)+len(o.peers) == 0 {
		return o, errors.New("there is nothing to attack: give -joltui PATH")
	}
	return o, nil
}

func split(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' })
}

// targets returns the brokers that are there, and says which are not.
func (o options) targets(ctx context.Context, dir string, stderr io.Writer) []*target {
	var all []*target
	for i, path := range o.joltui {
		all = append(all, &target{name: buildName(i, len(o.joltui)), path: path, server: joltuiServer{}, dir: dir})
	}
	for _, name := range o.peers {
		t, err := findPeer(ctx, name, dir)
		if err != nil {
			fmt.Fprintf(stderr, "attack: without %s: %v\n", name, err)
			continue
		}
		all = append(all, t)
	}
	return all
}

func buildName(i, of int) string {
	switch {
	case of == 1:
		return "joltui"
	case of == 2:
		return []string{"before", "after"}[i]
	}
	return fmt.Sprintf("joltui %d", i+1)
}

func findPeer(ctx context.Context, name, dir string) (*target, error) {
	switch name {
	case "nats":
		program, err := peer.NATS(ctx, dir)
		return &target{name: name, path: program.Path, server: natsServer{}, dir: dir}, err
	case "redis":
		path, err := find("redis-server")
		return &target{name: name, path: path, server: redisServer{}, dir: dir}, err
	case "mosquitto":
		path, err := find("mosquitto")
		return &target{name: name, path: path, server: mosquittoServer{}, dir: dir}, err
	}
	return nil, errors.New("it is none of nats, redis and mosquitto")
}
