package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"time"
)

// startTime is how long a broker may take until it accepts connections.
const startTime = 15 * time.Second

// process is a broker that runs.
type process struct {
	addr    string
	metrics string // host:port, or "" without
	config  config
	log     transcript // what it has written, unless the case keeps it
	cmd     *exec.Cmd
	ended   chan struct{}
}

// startProcess returns when the broker accepts connections.
func startProcess(ctx context.Context, t *target, c config, args []string) (*process, error) {
	p := &process{
		addr:   net.JoinHostPort("127.0.0.1", strconv.Itoa(c.port)),
		config: c,
		cmd:    exec.CommandContext(ctx, t.path, args...),
		ended:  make(chan struct{}),
	}
	if c.metrics {
		p.metrics = net.JoinHostPort("127.0.0.1", strconv.Itoa(c.metricsPort))
	}
	p.cmd.Stdout, p.cmd.Stderr = &p.log, &p.log
	if c.log != nil {
		p.cmd.Stdout, p.cmd.Stderr = c.log, c.log
	}
	dieWithParent(p.cmd)
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		p.cmd.Wait() // how it has ended is asked of cmd.ProcessState
		close(p.ended)
	}()
	if err := p.awaitListening(ctx); err != nil {
		p.stop()
		return nil, err
	}
	return p, nil
}

func (p *process) awaitListening(ctx context.Context) error {
	deadline := time.Now().Add(startTime)
	for {
		conn, err := net.Dial("tcp", p.addr)
		if err == nil {
			return conn.Close()
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("it does not listen at %s: %w: %s", p.addr, err, p.log.tail())
		}
		select {
		case <-time.After(5 * time.Millisecond):
		case <-p.ended:
			return fmt.Errorf("it ended instead of listening at %s: %s", p.addr, p.log.tail())
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// stop ends the broker at once.
func (p *process) stop() {
	p.cmd.Process.Kill()
	<-p.ended
}

// alive reports whether it still runs.
func (p *process) alive() bool { return !isClosed(p.ended) }

// terminate sends SIGTERM and says how long it then took to end, and how it ended.
// After the limit it is killed.
func (p *process) terminate(limit time.Duration) []row {
	begin := time.Now()
	p.cmd.Process.Signal(syscall.SIGTERM)
	name := "SIGTERM to exit"
	select {
	case <-p.ended:
		code := p.cmd.ProcessState.ExitCode()
		return []row{seconds(name, time.Since(begin)).unless(code == 0, "exit code "+strconv.Itoa(code))}
	case <-time.After(limit):
		p.stop()
		return []row{seconds(name, limit).unless(false, "still there, killed")}
	}
}

// used returns the processor time that the broker has used so far; 0 after its end.
func (p *process) used() time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	return parseStat(string(stat))
}

// resident returns its memory in bytes; 0 after its end.
func (p *process) resident() int {
	statm, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	return parseStatm(string(statm))
}

// freePort returns a port that was free a moment ago.
func freePort() (int, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return ln.Addr().(*net.TCPAddr).Port, ln.Close()
}
