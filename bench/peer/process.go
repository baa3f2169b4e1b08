// Package peer runs the programs that are compared, each in a process of its
// own on a free port of this machine.
package peer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os/exec"
	"strconv"
	"sync"
	"syscall"
	"time"
)

const (
	// startTime is how long a program may take until it accepts connections.
	startTime = 15 * time.Second
	// endTime is how long it takes at most until it is known that it has ended.
	endTime = 100 * time.Millisecond
	// stopTime is how long it may take to end once it is told to.
	stopTime = 5 * time.Second
)

// Program is a server that can be run.
type Program struct {
	Name string
	Path string
	// Args makes it listen at that port of 127.0.0.1.
	Args func(port int) []string
}

// Process is a program that runs.
type Process struct {
	Addr string // where it listens

	name   string
	cmd    *exec.Cmd
	end    context.CancelFunc
	ended  chan struct{}
	output lastWords
}

// Start runs a program and returns when it accepts connections. It is stopped
// by [Process.Stop], by the end of ctx, and on Linux with the process that
// started it, however that ends.
func Start(ctx context.Context, p Program) (*Process, error) {
	port, err := freePort()
	if err != nil {
		return nil, fmt.Errorf("%s: no free port: %w", p.Name, err)
	}
	ctx, end := context.WithCancel(ctx)
	r := &Process{
		Addr: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)),
		name: p.Name,
		cmd:  exec.CommandContext(ctx, p.Path, p.Args(port)...),
		end:  end, ended: make(chan struct{}),
	}
	r.cmd.Stdout, r.cmd.Stderr = &r.output, &r.output
	r.cmd.Cancel = func() error { return r.cmd.Process.Signal(syscall.SIGTERM) }
	r.cmd.WaitDelay = stopTime
	dieWithParent(r.cmd)
	if err := r.cmd.Start(); err != nil {
		end()
		return nil, fmt.Errorf("%s: %w", p.Name, err)
	}
	go func() {
		r.cmd.Wait() // how it ended is told by what it said
		close(r.ended)
	}()
	if err := r.awaitListening(ctx); err != nil {
		r.Stop()
		return nil, err
	}
	return r, nil
}

// awaitListening tries to connect until it works.
func (r *Process) awaitListening(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	retry := time.NewTicker(5 * time.Millisecond)
	defer retry.Stop()
	for {
		conn, err := net.Dial("tcp", r.Addr)
		if err == nil {
			return conn.Close()
		}
		select {
		case <-retry.C:
		case <-r.ended:
			return fmt.Errorf("%s ended instead of listening at %s: %s", r.name, r.Addr, &r.output)
		case <-ctx.Done():
			return fmt.Errorf("%s does not listen at %s: %w", r.name, r.Addr, errors.Join(err, context.Cause(ctx)))
		}
	}
}

// Stop ends the process and waits until it has ended.
func (r *Process) Stop() {
	r.end()
	<-r.ended
}

// Explain adds to an error that the process has ended, and what it said last,
// if that is what happened. The connections of a process end shortly before it
// is known that it has ended.
func (r *Process) Explain(err error) error {
	select {
	case <-r.ended:
		return fmt.Errorf("%w; %s has ended: %s", err, r.name, &r.output)
	case <-time.After(endTime):
		return err
	}
}

// freePort returns a port that was free a moment ago.
func freePort() (int, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return ln.Addr().(*net.TCPAddr).Port, ln.Close()
}

// lastWords keeps the end of what is written to it.
type lastWords struct {
	mu   sync.Mutex
	tail []byte
}

const lastWordsBytes = 1000

func (l *lastWords) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tail = append(l.tail, p...)
	if n := len(l.tail) - lastWordsBytes; n > 0 {
		l.tail = append(l.tail[:0], l.tail[n:]...)
	}
	return len(p), nil
}

// String returns it, or says that there is nothing.
func (l *lastWords) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.tail) == 0 {
		return "it said nothing"
	}
	return string(bytes.TrimSpace(l.tail))
}
