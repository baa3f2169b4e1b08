package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"runtime/pprof"
	"strconv"

	"joltui/bench/driver"
	"joltui/bench/peer"
	"joltui/broker"
)

// serveCommand makes this program one of the servers that it measures: it is
// followed by what it serves, the port, and for a broker the file for its
// profile.
const (
	serveCommand = "serve"
	serveEcho    = "echo"
	serveBroker  = "broker"
)

// echoServer sends back everything.
func echoServer() (peer.Program, error) {
	self, err := os.Executable()
	return peer.Program{Name: "TCP echo", Path: self, Args: func(port int) []string {
		return []string{serveCommand, serveEcho, strconv.Itoa(port)}
	}}, err
}

// profiledBroker is joltui's broker in this program, which writes a CPU profile
// when it ends.
func profiledBroker(file string) (contender, error) {
	self, err := os.Executable()
	return contender{peer.Program{Name: "joltui", Path: self, Args: func(port int) []string {
		return []string{serveCommand, serveBroker, strconv.Itoa(port), file}
	}}, driver.Jolt{}}, err
}

// serve serves until ctx ends.
func serve(ctx context.Context, args []string) error {
	if len(args) < 2 {
		return fmt.Errorf("%s is for this program itself", serveCommand)
	}
	ln, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", args[1]))
	if err != nil {
		return err
	}
	switch {
	case args[0] == serveEcho:
		return echoAll(ctx, ln)
	case args[0] == serveBroker && len(args) == 3:
		return profiled(args[2], func() error { return runBroker(ctx, ln) })
	}
	return fmt.Errorf("%s %q is not known", serveCommand, args)
}

func runBroker(ctx context.Context, ln net.Listener) error {
	b, err := broker.New(broker.Config{})
	if err != nil {
		return err
	}
	return b.Serve(ctx, ln)
}

// profiled writes a CPU profile of f to a file.
func profiled(file string, f func() error) error {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer out.Close()
	if err := pprof.StartCPUProfile(out); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	return f()
}

// echoAll sends back whatever comes on any connection.
func echoAll(ctx context.Context, ln net.Listener) error {
	defer context.AfterFunc(ctx, func() { ln.Close() })()
	for {
		conn, err := ln.Accept()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		go echoOne(conn)
	}
}

// echoOne uses a buffer of its own: io.Copy would splice between sockets, which
// takes more system calls.
func echoOne(conn net.Conn) {
	defer conn.Close()
	buf := make([]byte, 4096)
	for {
		n, err := conn.Read(buf)
		if err != nil {
			return
		}
		if _, err := conn.Write(buf[:n]); err != nil {
			return
		}
	}
}
