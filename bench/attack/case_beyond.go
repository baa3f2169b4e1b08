package main

import (
	"context"
	"net"
	"sync"
	"time"
)

// beyond lets 300 connections come at once when the limit is reached.
func beyond(ctx context.Context, t *target) ([]row, error) {
	const limit, extra = 50, 300
	p, err := t.start(ctx, config{connections: limit})
	if err != nil {
		return nil, err
	}
	defer p.stop()
	pause(ctx, 200*time.Millisecond) // until the connection that looked whether it listens is forgotten
	for range limit {
		c, err := t.connect(ctx, 2, p, "", 5*time.Second)
		if err != nil {
			return nil, err
		}
		defer c.Close()
	}
	logged := p.log.size()
	conns := make([]*net.TCPConn, extra)
	for i := range conns {
		if conns[i], err = dial(ctx, attackers, p.addr); err != nil {
			return nil, err
		}
		defer conns[i].Close()
	}
	var endings tally
	var running sync.WaitGroup
	for _, conn := range conns {
		running.Go(func() { endings.add(awaitEnd(conn, 5*time.Second)) })
	}
	running.Wait()
	return []row{
		count("told why", endings.told, "connections"),
		count("closed without a word", endings.silent, "connections"),
		count("neither within 5 s", endings.open, "connections"),
		count("logged of it", p.log.size()-logged, "bytes"),
	}, nil
}

// tally counts how connections end.
type tally struct {
	mu                 sync.Mutex
	told, silent, open int
}

func (e *tally) add(last []byte, ended bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case !ended:
		e.open++
	case len(last) > 0:
		e.told++
	default:
		e.silent++
	}
}
