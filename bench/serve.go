package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"runtime/pprof"
	"strconv"

	"joltui/bench/driver"
	"joltui/bench/peer"
	"joltui/broker"
	"joltui/jolt"
)

// serveCommand makes this program one of the servers that it measures: it is
// followed by what it serves, the port, and for a broker the file for its
// profile.
const (
	serveCommand = "serve"
	serveEcho    = "echo"
	serveAnswers = "answers"
	serveBroker  = "broker"
)

// echoServer sends back everything.
func echoServer() (peer.Program, error) { return served("TCP echo", serveEcho) }

// answerServer acknowledges every line and does nothing else.
func answerServer() (contender, error) {
	program, err := served("answers only", serveAnswers)
	return contender{program, driver.Jolt{}}, err
}

// served is this program as one of the servers.
func served(name, what string, more ...string) (peer.Program, error) {
	self, err := os.Executable()
	return peer.Program{Name: name, Path: self, Args: func(port int) []string {
		return append([]string{serveCommand, what, strconv.Itoa(port)}, more...)
	}}, err
}

// profiledBroker is joltui's broker in this program, which writes a CPU profile
// when it ends.
func profiledBroker(file string) (contender, error) {
	program, err := served("joltui", serveBroker, file)
	return contender{program, driver.Jolt{}}, err
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
		return serveAll(ctx, ln, echoOne)
	case args[0] == serveAnswers:
		return serveAll(ctx, ln, answerOne)
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

// serveAll calls serveOne for every connection.
func serveAll(ctx context.Context, ln net.Listener, serveOne func(net.Conn)) error {
	defer context.AfterFunc(ctx, func() { ln.Close() })()
	for {
		conn, err := ln.Accept()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		go serveOne(conn)
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

// answerOne acknowledges every line, whatever it says.
func answerOne(conn net.Conn) {
	defer conn.Close()
	buf := make([]byte, 64<<10)
	ack := jolt.AppendAck(nil)
	acks := bytes.Repeat(ack, len(buf))
	for {
		n, err := conn.Read(buf)
		if err != nil {
			return
		}
		if _, err := conn.Write(acks[:bytes.Count(buf[:n], []byte("\n"))*len(ack)]); err != nil {
			return
		}
	}
}
