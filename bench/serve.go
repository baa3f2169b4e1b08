package main

import (
	"context"
	"flag"
	"net"
	"os"
	"runtime/pprof"
	"strconv"

	"joltui/bench/peer"
	"joltui/broker"
)

// serveCommand makes this program one of the servers that it measures.
const serveCommand = "serve"

// profiledBroker is joltui's broker in this program, which writes a CPU profile
// when it ends.
func profiledBroker(self, file string) peer.Program {
	return peer.Program{Name: "joltui", Path: self, Args: func(port int) []string {
		return []string{serveCommand, "-port", strconv.Itoa(port), "-profile", file}
	}}
}

func serve(ctx context.Context, args []string) error {
	fs := flag.NewFlagSet(serveCommand, flag.ContinueOnError)
	port := fs.Int("port", 0, "where to listen")
	profile := fs.String("profile", "", "where to write a CPU profile")
	if err := fs.Parse(args); err != nil {
		return err
	}
	ln, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(*port)))
	if err != nil {
		return err
	}
	return serveBroker(ctx, ln, *profile)
}

func serveBroker(ctx context.Context, ln net.Listener, profile string) error {
	f, err := os.Create(profile)
	if err != nil {
		return err
	}
	defer f.Close()
	b, err := broker.New(broker.Config{})
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	return b.Serve(ctx, ln)
}
