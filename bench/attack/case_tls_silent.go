package main

import (
	"context"
	"fmt"
	"net"
	"sync"
	"time"
)

// tlsSilent connects to a TLS port and says nothing.
func tlsSilent(ctx context.Context, t *target) ([]row, error) {
	var rows []row
	for _, n := range []int{1, 1000} {
		more, err := silentOnes(ctx, t, n)
		rows = append(rows, more...)
		if err != nil {
			return rows, err
		}
	}
	return rows, nil
}

func silentOnes(ctx context.Context, t *target, n int) ([]row, error) {
	const watched = 20 * time.Second
	p, err := t.start(ctx, config{tls: true})
	if err != nil {
		return nil, err
	}
	defer p.stop()
	before := p.used()
	begin := time.Now()
	var running sync.WaitGroup
	ends := make([]time.Duration, n)
	for i := range n {
		conn, err := dial(ctx, attackers, p.addr)
		if err != nil {
			return nil, err
		}
		defer conn.Close()
		running.Go(func() { ends[i] = endOf(conn, begin, watched) })
	}
	running.Wait()
	pause(ctx, time.Until(begin.Add(watched)))
	left, last := 0, time.Duration(0)
	for _, end := range ends {
		if end >= watched {
			left++
		}
		last = max(last, end)
	}
	name := fmt.Sprintf("%d silent: ", n)
	return []row{
		seconds(name+"processor time in 20 s", p.used()-before),
		seconds(name+"the last one closed after", last).unless(left == 0, "not closed by then"),
		count(name+"there after 20 s", left, "connections"),
	}, nil
}

// endOf returns after what time the broker has closed a connection; the limit if
// it has not.
func endOf(conn net.Conn, begin time.Time, limit time.Duration) time.Duration {
	if _, ended := awaitEnd(conn, time.Until(begin.Add(limit))); !ended {
		return limit
	}
	return min(time.Since(begin), limit)
}
