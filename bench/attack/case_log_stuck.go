package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// logStuck gives the broker a pipe for its log, which nobody reads; and one whose
// reader dies.
func logStuck(ctx context.Context, t *target) ([]row, error) {
	rows, err := unreadLog(ctx, t)
	if err != nil {
		return rows, err
	}
	more, err := deadReader(ctx, t)
	return append(rows, more...), err
}

// startWithPipe returns the end of the log's pipe that is to be read.
func startWithPipe(ctx context.Context, t *target, c config) (*process, *os.File, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	defer w.Close()
	c.log = w
	p, err := t.start(ctx, c)
	if err != nil {
		r.Close()
	}
	return p, r, err
}

func unreadLog(ctx context.Context, t *target) ([]row, error) {
	const clients = 3000
	_, ours := t.server.(joltuiServer)
	p, unread, err := startWithPipe(ctx, t, config{metrics: ours, connections: 1000})
	if err != nil {
		return nil, err
	}
	defer unread.Close()
	defer p.stop()
	rows := []row{count(fmt.Sprintf("served of %d", clients), served(ctx, t, p, clients), "clients")}
	if ours {
		rows = append(rows, answer(ctx, p, "/readyz"), answer(ctx, p, "/metrics"))
	}
	return append(rows, p.terminate(20*time.Second)...), nil
}

// served lets clients connect, ping and leave, some at a time, and counts those
// that got an answer within a second.
func served(ctx context.Context, t *target, p *process, clients int) int {
	const atOnce, patience = 50, time.Second
	var n atomic.Int64
	var running sync.WaitGroup
	next := make(chan struct{})
	for range atOnce {
		running.Go(func() {
			for range next {
				if conn, err := t.connect(ctx, 1, p, "", patience); err == nil {
					conn.SetDeadline(time.Now().Add(patience))
					if conn.do(t.Ping(false)) == nil {
						n.Add(1)
					}
					conn.Close()
				}
			}
		})
	}
	for range clients {
		next <- struct{}{}
	}
	close(next)
	running.Wait()
	return int(n.Load())
}

// answer measures a request to the port for metrics.
func answer(ctx context.Context, p *process, path string) row {
	const patience = 3 * time.Second
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	begin := time.Now()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+p.metrics+path, nil)
	if err == nil {
		var response *http.Response
		if response, err = http.DefaultClient.Do(request); err == nil {
			response.Body.Close()
		}
	}
	return millis(path+" answers after", time.Since(begin)).unless(err == nil, "no answer")
}

func deadReader(ctx context.Context, t *target) ([]row, error) {
	p, reader, err := startWithPipe(ctx, t, config{})
	if err != nil {
		return nil, err
	}
	defer p.stop()
	reader.Close()
	n := served(ctx, t, p, 100)
	pause(ctx, 200*time.Millisecond)
	return []row{
		count("the reader dies: served of 100", n, "clients").unless(p.alive(), "the broker has died"),
	}, nil
}
