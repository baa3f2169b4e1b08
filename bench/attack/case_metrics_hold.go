package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// metricsHold asks the port for metrics once on each connection, and keeps it.
func metricsHold(ctx context.Context, t *target) ([]row, error) {
	const connections, watched = 300, 15 * time.Second
	p, err := t.start(ctx, config{metrics: true})
	if err != nil {
		return nil, err
	}
	defer p.stop()
	if !until(ctx, startTime, 10*time.Millisecond, func() bool {
		conn, err := dial(ctx, 2, p.metrics)
		if err == nil {
			conn.Close()
		}
		return err == nil
	}) {
		return nil, fmt.Errorf("no metrics at %s: %s", p.metrics, p.log.tail())
	}
	begin := time.Now()
	var mu sync.Mutex
	answered, left := 0, 0
	var running sync.WaitGroup
	for range connections {
		running.Go(func() {
			ok, open := holdMetrics(ctx, p, begin.Add(watched))
			mu.Lock()
			defer mu.Unlock()
			if ok {
				answered++
			}
			if open {
				left++
			}
		})
	}
	running.Wait()
	return []row{
		count(fmt.Sprintf("answered of %d", connections), answered, "connections"),
		count("there after 15 s", left, "connections"),
	}, nil
}

// holdMetrics reports whether it got an answer, and whether the connection was
// still there at that time.
func holdMetrics(ctx context.Context, p *process, end time.Time) (answered, open bool) {
	conn, err := dial(ctx, attackers, p.metrics)
	if err != nil {
		return false, false
	}
	defer conn.Close()
	conn.SetReadDeadline(end)
	fmt.Fprintf(conn, "GET /healthz HTTP/1.1\r\nHost: %s\r\n\r\n", p.metrics)
	reader := bufio.NewReader(conn)
	response, err := http.ReadResponse(reader, nil)
	if err != nil {
		return false, time.Now().After(end)
	}
	io.Copy(io.Discard, response.Body)
	_, err = reader.ReadByte()
	return response.StatusCode == http.StatusOK, isTimeout(err)
}
